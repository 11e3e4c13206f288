package dev.firn.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.firn.contract.ContractResult;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.state.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load packages of a project, a folder each in {@code .firn/packages}. A package is sealed when
 * its manifest is there; the manifest appears by a rename, so it is whole or absent.
 */
final class PackageStore {
  private static final Logger log = LoggerFactory.getLogger(PackageStore.class);
  private static final Duration LONGER_THAN_ANY_BEGINNING = Duration.ofHours(1);
  private static final String MANIFEST = "manifest.json";
  private static final String OWNER = "owner";
  private static final String LEASE = "lease";
  private static final String DRAFT = ".draft";

  private final Path folder;
  private final Disk disk;

  PackageStore(Path folder) {
    this(folder, Disk.LOCAL);
  }

  PackageStore(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /**
   * A package of an earlier run.
   *
   * @param owner pipeline, resource and fingerprint of its input
   * @param lease what its run held the table by; empty: nothing
   * @param sealed its manifest; empty when the run ended before
   * @param contract what the load made of its contract; empty: it has none, or nothing is sealed
   */
  record Pending(
      LoadId loadId,
      Path folder,
      Owner owner,
      Optional<Lease> lease,
      Optional<LoadPackage> sealed,
      Optional<ContractResult> contract) {}

  /**
   * Whose package it is.
   *
   * @param table the root's full name
   * @param destination identity of catalog and warehouse
   * @param fingerprint what tells the load's input and options from others
   */
  record Owner(
      String pipeline, String resource, String table, String destination, String fingerprint) {
    private String lines() {
      return String.join("\n", pipeline, resource, table, destination, fingerprint);
    }

    private static Owner of(String lines) {
      String[] parts = lines.split("\n", 5);
      if (parts.length < 5) {
        throw new IllegalArgumentException("the owner has " + parts.length + " lines, not 5");
      }
      return new Owner(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }
  }

  /** Begins a package: its folder exists from now on. */
  Path begin(LoadId loadId, Owner owner, Optional<Lease> lease) {
    Path own = folder.resolve(loadId.value());
    Path draft = folder.resolve(loadId.value() + DRAFT);
    try {
      disk.create(draft);
      write(draft, OWNER, owner.lines());
      if (lease.isPresent()) {
        write(draft, LEASE, lease.get().toJson());
      }
      // other runs look at whole packages only
      Files.move(draft, own, StandardCopyOption.ATOMIC_MOVE);
      disk.force(folder);
      return own;
    } catch (IOException e) {
      deleteDraft(draft, e);
      throw unwritable(own, e);
    }
  }

  private static void deleteDraft(Path draft, IOException failure) {
    try {
      delete(draft);
    } catch (UncheckedIOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Seals a package.
   *
   * @param contract what the load made of it, for the report of whoever commits
   */
  void seal(Path own, LoadPackage load, Optional<ContractResult> contract) {
    try {
      write(own, MANIFEST, PackageJson.write(load, contract));
    } catch (IOException e) {
      throw unwritable(own, e);
    }
  }

  /** Takes a seal back: the package is from now on one whose files are to be removed. */
  void unseal(Path own) {
    try {
      Files.deleteIfExists(own.resolve(MANIFEST));
      disk.force(own);
    } catch (NoSuchFileException e) {
      // gone with its folder
    } catch (IOException e) {
      throw unwritable(own, e);
    }
  }

  private void write(Path own, String name, String text) throws IOException {
    Path draft = own.resolve(name + DRAFT);
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, own.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    disk.force(own);
  }

  /**
   * Removes folders that a killed run had half made or half removed; a younger one may be that of
   * another run, which is just at it.
   */
  void tidy() {
    Instant old = Instant.now().minus(LONGER_THAN_ANY_BEGINNING);
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path own : folders.filter(each -> !whole(each) || !hasOwner(each)).toList()) {
        if (Files.getLastModifiedTime(own).toInstant().isBefore(old)) {
          delete(own);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      log.debug("Left for the next run in {}: {}", folder, e.getMessage());
    }
  }

  private static boolean hasOwner(Path own) {
    return Files.exists(own.resolve(OWNER));
  }

  /** Packages of earlier runs, oldest first. */
  List<Pending> pending() {
    List<Pending> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path own : folders.filter(PackageStore::whole).sorted().toList()) {
        pending(own).ifPresent(found::add);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return found;
  }

  private static boolean whole(Path own) {
    return Files.isDirectory(own) && !own.getFileName().toString().endsWith(DRAFT);
  }

  private static Optional<Pending> pending(Path own) {
    try {
      Owner owner = Owner.of(Files.readString(own.resolve(OWNER)));
      Path manifest = own.resolve(MANIFEST);
      boolean sealed = Files.exists(manifest);
      String text = sealed ? Files.readString(manifest) : "";
      Optional<LoadPackage> load = sealed ? Optional.of(PackageJson.read(text)) : Optional.empty();
      Optional<ContractResult> contract = sealed ? PackageJson.contract(text) : Optional.empty();
      Path kept = own.resolve(LEASE);
      Optional<Lease> lease =
          Files.exists(kept) ? Optional.of(Lease.parse(Files.readString(kept))) : Optional.empty();
      LoadId loadId = new LoadId(own.getFileName().toString());
      return Optional.of(new Pending(loadId, own, owner, lease, load, contract));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // another run has just finished it, or was killed while it tidied up
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unreadable(own, e);
    } catch (IOException e) {
      throw unreadable(own, e);
    }
  }

  /** Forgets a package: its folder, not its data files. */
  static void delete(Path own) {
    try {
      // Without an owner it is nobody's; without its manifest it would look unsealed, and its files
      // be removed.
      Files.deleteIfExists(own.resolve(OWNER));
    } catch (IOException e) {
      throw new UncheckedIOException("The package " + own + " cannot be deleted.", e);
    }
    try (Stream<Path> tree = Files.walk(own)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      // gone already
    } catch (IOException e) {
      throw new UncheckedIOException("The package folder " + own + " cannot be deleted.", e);
    }
  }

  private static FirnException unwritable(Path path, IOException e) {
    return Disk.unwritable("The package folder " + path + " cannot be written", e);
  }

  private static FirnException unreadable(Path path, Exception e) {
    return new FirnException(
        ErrorCode.UNREADABLE_PATH,
        "The package folder " + path + " cannot be read: " + e.getMessage(),
        "Make it readable, or drop the package with: firn packages drop.",
        e);
  }
}
