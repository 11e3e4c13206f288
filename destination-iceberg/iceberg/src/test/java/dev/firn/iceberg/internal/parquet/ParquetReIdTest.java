package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParquetReIdTest {
  private static final Schema STAGED =
      new Schema(
          Types.NestedField.optional(1, "a b", Types.LongType.get()),
          Types.NestedField.optional(2, "x", Types.DoubleType.get()),
          Types.NestedField.optional(3, "y", Types.StringType.get()));
  private static final List<List<List<@Nullable Object>>> ROWS =
      List.of(
          List.of(List.of(1L, 2L), Arrays.asList(Double.NaN, 1.5), Arrays.asList("one", null)),
          List.of(List.of(3L), List.of(-1.0), List.of("three")));

  private final ScratchFiles io = new ScratchFiles();

  @AfterEach
  void forgetFiles() {
    io.close();
  }

  @Test
  void aCopyUnderOtherIdsHoldsTheSameRows() throws IOException {
    Schema won =
        new Schema(
            Types.NestedField.optional(3, "x", Types.DoubleType.get()),
            Types.NestedField.optional(4, "foreign", Types.StringType.get()),
            Types.NestedField.optional(5, "y", Types.StringType.get()),
            Types.NestedField.optional(2, "a b", Types.LongType.get()));
    SealedFile source = TestFiles.write(io, "staged", STAGED, ROWS, EncoderSettings.DEFAULT);

    SealedFile copy = new ParquetReId(io).copy(source, won, "copy");

    List<Record> rows = TestFiles.read(io, "copy", won);
    assertThat(rows).extracting(row -> row.getField("a b")).containsExactly(1L, 2L, 3L);
    assertThat(rows).extracting(row -> row.getField("x")).containsExactly(Double.NaN, 1.5, -1.0);
    assertThat(rows).extracting(row -> row.getField("y")).containsExactly("one", null, "three");
    assertThat(rows).extracting(row -> row.getField("foreign")).containsOnlyNulls();
    assertThat(copy.path()).isEqualTo("copy");
    assertThat(copy.length()).isEqualTo(io.newInputFile("copy").getLength());
    assertThat(copy.rowGroups()).isEqualTo(source.rowGroups());
  }

  @Test
  void metricsMoveToTheNewIds() {
    Schema swapped =
        new Schema(
            Types.NestedField.optional(3, "a b", Types.LongType.get()),
            Types.NestedField.optional(1, "x", Types.DoubleType.get()),
            Types.NestedField.optional(2, "y", Types.StringType.get()));
    SealedFile source = TestFiles.write(io, "staged", STAGED, ROWS, EncoderSettings.DEFAULT);

    Metrics copied = new ParquetReId(io).copy(source, swapped, "copy").metrics();

    Metrics read = ParquetUtil.fileMetrics(io.newInputFile("copy"), MetricsConfig.getDefault());
    assertThat(copied.columnSizes()).isEqualTo(read.columnSizes());
    assertThat(copied.valueCounts()).isEqualTo(read.valueCounts());
    assertThat(copied.nullValueCounts()).isEqualTo(read.nullValueCounts());
    assertThat(copied.lowerBounds()).isEqualTo(read.lowerBounds());
    assertThat(copied.upperBounds()).isEqualTo(read.upperBounds());
    assertThat(copied.nanValueCounts()).containsExactly(Map.entry(1, 1L));
  }

  @Test
  void aSchemaWithAnotherTypeIsRefusedAndLeavesNoFile() {
    Schema other =
        new Schema(
            Types.NestedField.optional(1, "a b", Types.LongType.get()),
            Types.NestedField.optional(2, "x", Types.StringType.get()),
            Types.NestedField.optional(3, "y", Types.StringType.get()));
    SealedFile source = TestFiles.write(io, "staged", STAGED, ROWS, EncoderSettings.DEFAULT);

    assertThatThrownBy(() -> new ParquetReId(io).copy(source, other, "copy"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x'");

    assertThat(io.fileExists("copy")).isFalse();
  }

  @Test
  void anExistingFileIsNeitherOverwrittenNorDeleted() throws IOException {
    SealedFile source = TestFiles.write(io, "staged", STAGED, ROWS, EncoderSettings.DEFAULT);
    TestFiles.write(io, "foreign", STAGED, ROWS.subList(1, 2), EncoderSettings.DEFAULT);

    assertThatThrownBy(() -> new ParquetReId(io).copy(source, STAGED, "foreign"))
        .isInstanceOf(FirnException.class);

    assertThat(TestFiles.read(io, "foreign", STAGED)).hasSize(1);
  }
}
