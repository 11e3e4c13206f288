package dev.firn.examples.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.iceberg.PointerStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** Names and texts in one JSON object, which is replaced as a whole. */
record JsonFile(Path path) implements PointerStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Optional<String> read(String name) {
    return Optional.ofNullable(all().get(name));
  }

  @Override
  public Collection<String> names(String prefix) {
    return all().keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public boolean swap(String name, Optional<String> seen, Optional<String> next) {
    synchronized (JSON) { // the file's lock keeps processes apart, not threads
      try (FileChannel lock = openLock()) {
        lock.lock(); // until it is closed
        TreeMap<String, String> all = all();
        if (!Optional.ofNullable(all.get(name)).equals(seen)) {
          return false;
        }
        next.ifPresentOrElse(text -> all.put(name, text), () -> all.remove(name));
        Path whole = path.resolveSibling("catalog.next");
        JSON.writeValue(whole.toFile(), all);
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private FileChannel openLock() throws IOException {
    Files.createDirectories(path.getParent());
    Path lock = path.resolveSibling("catalog.lock");
    return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private TreeMap<String, String> all() {
    try {
      return Files.exists(path)
          ? JSON.readValue(path.toFile(), new TypeReference<>() {})
          : new TreeMap<>();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
