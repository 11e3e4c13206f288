package dev.firn.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.contract.ContractResult;
import dev.firn.contract.Violation;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.PackageStore.Owner;
import dev.firn.internal.run.PackageStore.Pending;
import dev.firn.load.LoadCounts;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.load.TableCounts;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.CursorState;
import dev.firn.state.ResourceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageStoreTest {
  private static final Owner OWNER = new Owner("p", "r", "ns.r", "jdbc here", "a.jsonl|12");

  @TempDir private Path folder;

  private static final Optional<ContractResult> NO_CONTRACT = Optional.empty();

  private PackageStore store() {
    return new PackageStore(folder);
  }

  private static LoadPackage load(String id) {
    TableName name = TableName.parse("\"a.b\".\"say \"\"hi\"\"\"");
    TableSchema schema =
        new TableSchema(
            name,
            List.of(
                new Column("id", new DataType.Decimal(38, 2), true, List.of("ID", "i\\.d")),
                Column.of("é", Simple.TIMESTAMP)),
            List.of("id"),
            List.of(PartitionField.parse("bucket(16, id)")));
    StagedTable table =
        new StagedTable(
            schema, "", "file:/w/t", List.of(new StagedFile("f\n1", 3, 1L << 40, "{\"x\":1}")));
    CursorState cursor =
        new CursorState(
            "a.b", Simple.TIMESTAMP, "2024-01-01T00:00:00Z", List.of(1L, Long.MIN_VALUE));
    return new LoadPackage(
        new LoadId(id),
        "p",
        "r",
        "here",
        WriteDisposition.MERGE,
        List.of("id"),
        List.of(table),
        ResourceState.Slice.NONE,
        new ResourceState.Slice(Optional.of(cursor), Optional.of("files")),
        new LoadCounts(10, 1, 2, 3, 4, 0, Map.of("raw.t", new TableCounts(5, 6, 7, 8, 9))));
  }

  @Test
  void aManifestIsReadBackAsItWasWritten() throws IOException {
    LoadPackage load = load("01A");

    assertThat(PackageJson.read(PackageJson.write(load, NO_CONTRACT))).isEqualTo(load);
  }

  @Test
  void whatALoadMadeOfItsContractIsInTheManifest() {
    Violation violation = new Violation("n", "min 3", "2", "a.jsonl:7");
    ContractResult made =
        new ContractResult(
            "c",
            2,
            9,
            1,
            List.of(new ContractResult.RuleResult("n min 3", 1)),
            List.of(violation),
            0,
            List.of(new ContractResult.CheckResult("row-count min 1", true, true, "count(*) = 9")));
    store()
        .seal(
            store().begin(new LoadId("01A"), OWNER, Optional.empty()),
            load("01A"),
            Optional.of(made));

    assertThat(store().pending()).extracting(Pending::contract).containsExactly(Optional.of(made));
  }

  @Test
  void packagesAreFoundOldestFirstSealedOrNot() {
    store().begin(new LoadId("02B"), OWNER, Optional.empty());
    Path first = store().begin(new LoadId("01A"), OWNER, Optional.empty());
    store().seal(first, load("01A"), NO_CONTRACT);

    List<Pending> pending = store().pending();

    assertThat(pending).extracting(each -> each.loadId().value()).containsExactly("01A", "02B");
    assertThat(pending.get(0).sealed()).contains(load("01A"));
    assertThat(pending.get(1).sealed()).isEmpty();
    assertThat(pending.get(1).owner()).isEqualTo(OWNER);
  }

  @Test
  void packagesAndTheirSealsAreOnTheDisk() {
    List<String> forced = new ArrayList<>();
    Path packages = folder.resolve("packages");
    PackageStore store = new PackageStore(packages, changed -> forced.add(entries(changed)));

    Path own = store.begin(new LoadId("01A"), OWNER, Optional.empty());
    store.seal(own, load("01A"), NO_CONTRACT);

    assertThat(forced)
        .containsExactly("[packages]", "[01A.draft]", "[owner]", "[01A]", "[manifest.json, owner]");
  }

  private static String entries(Path changed) throws IOException {
    try (Stream<Path> entries = Files.list(changed)) {
      return entries.map(Path::getFileName).sorted().toList().toString();
    }
  }

  @Test
  void aPackageWhoseSealIsTakenBackIsToBeRemoved() {
    Path own = store().begin(new LoadId("01A"), OWNER, Optional.empty());
    store().seal(own, load("01A"), NO_CONTRACT);

    store().unseal(own);
    store().unseal(folder.resolve("gone"));

    assertThat(store().pending()).extracting(Pending::sealed).containsExactly(Optional.empty());
  }

  @Test
  void aDeletedPackageIsGone() {
    Path own = store().begin(new LoadId("01A"), OWNER, Optional.empty());
    store().seal(own, load("01A"), NO_CONTRACT);

    PackageStore.delete(own);
    PackageStore.delete(own);

    assertThat(own).doesNotExist();
    assertThat(store().pending()).isEmpty();
  }

  @Test
  void aPackageThatIsHalfTidiedUpIsNobodys() throws IOException {
    Path own = store().begin(new LoadId("01A"), OWNER, Optional.empty());
    store().seal(own, load("01A"), NO_CONTRACT);
    Files.delete(own.resolve("owner"));

    assertThat(store().pending()).isEmpty();
  }

  @Test
  void whatAKilledRunLeftHalfMadeIsRemovedWhenItIsOld() throws IOException {
    Path whole = store().begin(new LoadId("01A"), OWNER, Optional.empty());
    Path oldDraft = Files.createDirectory(folder.resolve("02B.draft"));
    Path oldWithoutOwner = Files.createDirectory(folder.resolve("03C"));
    Files.createFile(oldWithoutOwner.resolve("staged-files"));
    Path youngDraft = Files.createDirectory(folder.resolve("04D.draft"));
    Path youngWithoutOwner = Files.createDirectory(folder.resolve("05E"));
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    for (Path old : List.of(whole, oldDraft, oldWithoutOwner)) {
      Files.setLastModifiedTime(old, yesterday);
    }

    store().tidy();
    new PackageStore(folder.resolve("none")).tidy();

    assertThat(folder.toFile().listFiles())
        .containsExactlyInAnyOrder(whole.toFile(), youngDraft.toFile(), youngWithoutOwner.toFile());
  }

  @Test
  void aFolderThatIsNotWritableIsNoFullDisk() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> new PackageStore(file).begin(new LoadId("01A"), OWNER, Optional.empty()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_PATH));
  }

  @Test
  void aBrokenManifestIsNamed() throws IOException {
    Path own = store().begin(new LoadId("01A"), OWNER, Optional.empty());
    Files.writeString(own.resolve("manifest.json"), "{");

    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> store().pending())
        .withMessageContaining("01A");
  }

  @Test
  void withoutAFolderThereAreNoPackages() {
    assertThat(new PackageStore(folder.resolve("none")).pending()).isEmpty();
  }

  @Test
  void aResourceIsRunByOneAtATime() {
    try (RunLock first = RunLock.take(folder, "p", "r")) {
      assertThat(first).isNotNull();
      assertThatExceptionOfType(FirnException.class)
          .isThrownBy(() -> RunLock.take(folder, "p", "r"))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_RUNNING));
      RunLock.take(folder, "p", "other").close();
    }
    RunLock.take(folder, "p", "r").close();
  }
}
