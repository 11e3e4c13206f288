package dev.firn.iceberg.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.batch.Batch;
import dev.firn.batch.BatchSet.ChildBatch;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageFilesTest {
  private static final TableName ORDERS = TableName.parse("shop.\"or.ders\"");

  @TempDir Path folder;

  @Test
  void journalKeepsWhatWasNotedAcrossOpenings() {
    try (StagedFilesJournal journal = StagedFilesJournal.open(folder)) {
      journal.note(ORDERS, "file:///w/a b.parquet");
    }
    try (StagedFilesJournal journal = StagedFilesJournal.open(folder)) {
      journal.note(ORDERS.child("lines"), "file:///w/c.parquet");
    }

    assertThat(StagedFilesJournal.read(folder))
        .containsExactly(
            new StagedFilesJournal.Entry(ORDERS, "file:///w/a b.parquet"),
            new StagedFilesJournal.Entry(ORDERS.child("lines"), "file:///w/c.parquet"));
  }

  @Test
  void journalLineThatACrashCutIsNoFile() throws Exception {
    try (StagedFilesJournal journal = StagedFilesJournal.open(folder)) {
      journal.note(ORDERS, "file:///w/a.parquet");
    }
    Files.writeString(
        folder.resolve("staged-files"), ORDERS + "\tfile:///w/b.par", StandardOpenOption.APPEND);

    assertThat(StagedFilesJournal.read(folder)).hasSize(1);
    assertThat(StagedFilesJournal.read(folder.resolve("none"))).isEmpty();
  }

  @Test
  void filesOfAPackageOnAFullDiskSaySo() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");
    Files.createSymbolicLink(folder.resolve("staged-files"), full);
    Files.createSymbolicLink(folder.resolve("child-rows"), full);

    try (StagedFilesJournal journal = StagedFilesJournal.open(folder);
        ChildRowCounts.Writer counts = new ChildRowCounts.Writer(folder)) {
      assertThatThrownBy(() -> journal.note(ORDERS, "file:///w/a.parquet"))
          .extracting(e -> ((FirnException) e).code())
          .isEqualTo(ErrorCode.DESTINATION_FULL);
      assertThatThrownBy(counts::finish)
          .extracting(e -> ((FirnException) e).code())
          .isEqualTo(ErrorCode.DESTINATION_FULL);
    }
  }

  @Test
  void folderOfAPackageThatCannotBeMadeIsUnreadable() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> StagedFilesJournal.open(file.resolve("package")))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.UNREADABLE_PATH);
  }

  @Test
  void childRowsThatAreCutShortAreNamed() {
    try (ChildRowCounts.Writer counts = new ChildRowCounts.Writer(folder)) {
      counts.add(5, new ChildBatch(new Batch(ORDERS.child("lines"), List.of(), 0), new int[0]), 4);
    }

    assertThatThrownBy(() -> ChildRowCounts.read(folder))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("child-rows")
        .hasMessageContaining("cut short");
  }

  @Test
  void childRowsAreCountedByRootRow() {
    TableName lines = ORDERS.child("lines");
    int[] many = new int[700];
    java.util.Arrays.fill(many, 2);
    try (ChildRowCounts.Writer counts = new ChildRowCounts.Writer(folder)) {
      counts.add(5, new ChildBatch(new Batch(lines, List.of(), 4), new int[] {0, 0, 2, 2}), 4);
      counts.add(6, new ChildBatch(new Batch(lines, List.of(), 700), many), 3);
      counts.finish();
    }

    ChildRowCounts read = ChildRowCounts.read(folder);

    assertThat(read.of(5, lines)).containsExactly(2, 0, 2, 0);
    assertThat(read.of(6, lines)).containsExactly(0, 0, 700);
    assertThat(read.of(7, lines)).isEmpty();
    assertThat(ChildRowCounts.read(folder.resolve("none")).of(5, lines)).isEmpty();
  }
}
