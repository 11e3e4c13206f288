package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowGroupEncoderTest {
  private static final EncoderSettings SETTINGS = EncoderSettings.DEFAULT;

  private final ScratchFiles io = new ScratchFiles();

  @AfterEach
  void forgetFiles() {
    io.close();
  }

  @Test
  void aNullInARequiredColumnIsRefusedByName() {
    Schema strict = new Schema(Types.NestedField.required(1, "key", Types.LongType.get()));
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      assertThatThrownBy(
              () ->
                  TestFiles.append(
                      file, strict, List.of(List.of(Arrays.asList(1L, null))), SETTINGS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'key'");
    }
  }

  @Test
  void requiredColumnsAreReadBack() throws IOException {
    Schema strict =
        new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.required(2, "text", Types.StringType.get()));
    List<List<List<@Nullable Object>>> groups =
        List.of(List.of(List.of(5L, 6L, 6L), List.of("a", "a", "")));

    TestFiles.write(io, "f", strict, groups, SETTINGS);

    assertThat(TestFiles.read(io, "f", strict)).isEqualTo(TestFiles.records(strict, groups));
  }

  @Test
  void floatingPointBoundsLeaveOutNanAndSpreadZero() throws IOException {
    Schema schema =
        new Schema(
            Types.NestedField.optional(1, "zero", Types.DoubleType.get()),
            Types.NestedField.optional(2, "nan", Types.FloatType.get()));
    List<@Nullable Object> zeros = Arrays.asList(0.0, Double.NaN, null);
    List<@Nullable Object> nans = Arrays.asList(Float.NaN, Float.NaN, null);

    SealedFile sealed = TestFiles.write(io, "f", schema, List.of(List.of(zeros, nans)), SETTINGS);

    BlockMetaData block = TestFiles.footer(io, "f").getBlocks().get(0);
    Statistics<?> zero = block.getColumns().get(0).getStatistics();
    assertThat(zero.genericGetMin()).isEqualTo(-0.0);
    assertThat(zero.genericGetMax()).isEqualTo(0.0);
    assertThat(block.getColumns().get(1).getStatistics().hasNonNullValue()).isFalse();
    assertThat(sealed.metrics().nanValueCounts()).containsEntry(1, 1L).containsEntry(2, 2L);
    assertThat(sealed.metrics().lowerBounds()).containsOnlyKeys(1);
  }

  @Test
  void aHugeStringHasAPageOfItsOwn() throws IOException {
    Schema schema = new Schema(Types.NestedField.optional(1, "text", Types.StringType.get()));
    String huge = "x".repeat(3 << 20);
    List<List<List<@Nullable Object>>> groups =
        List.of(List.of(Arrays.asList("a", null, huge, "b", null)));

    TestFiles.write(io, "f", schema, groups, SETTINGS);

    assertThat(TestFiles.read(io, "f", schema)).isEqualTo(TestFiles.records(schema, groups));
    try (ParquetFileReader reader =
        ParquetFileReader.open(new ParquetInput(io.newInputFile("f")))) {
      assertThat(
              reader
                  .readOffsetIndex(reader.getRowGroups().get(0).getColumns().get(0))
                  .getPageCount())
          .isEqualTo(3);
    }
  }

  @Test
  void bloomFiltersKnowEveryValueAndFewOthers() throws IOException {
    Schema schema =
        new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));
    List<@Nullable Object> ids =
        IntStream.range(0, 1_000).<@Nullable Object>mapToObj(i -> i * 7L).toList();
    List<@Nullable Object> names =
        IntStream.range(0, 1_000).<@Nullable Object>mapToObj(i -> "n" + i % 10).toList();

    TestFiles.write(
        io,
        "f",
        schema,
        List.of(List.of(ids, names)),
        SETTINGS.withBloomColumns(Set.of("id", "name")));

    try (ParquetFileReader reader =
        ParquetFileReader.open(new ParquetInput(io.newInputFile("f")))) {
      BlockMetaData block = reader.getRowGroups().get(0);
      BloomFilter longs = reader.readBloomFilter(block.getColumns().get(0));
      BloomFilter texts = reader.readBloomFilter(block.getColumns().get(1));
      assertThat(ids).allMatch(id -> longs.findHash(longs.hash((Long) id)));
      assertThat(names)
          .allMatch(name -> texts.findHash(texts.hash(Binary.fromString((String) name))));
      assertThat(IntStream.range(0, 1_000).filter(i -> longs.findHash(longs.hash(i * 7L + 1))))
          .hasSizeLessThan(50);
      assertThat(texts.findHash(texts.hash(Binary.fromString("absent")))).isFalse();
    }
  }

  @Test
  void longBoundsOfTextsAreTruncatedInMetricsOnly() {
    Schema schema = new Schema(Types.NestedField.optional(1, "text", Types.StringType.get()));
    String text = "abcdefghijklmnopqrstuvwxyz";

    SealedFile sealed = TestFiles.write(io, "f", schema, List.of(List.of(List.of(text))), SETTINGS);

    ByteBuffer lower = sealed.metrics().lowerBounds().get(1);
    assertThat(Conversions.<CharSequence>fromByteBuffer(Types.StringType.get(), lower).toString())
        .isEqualTo(text.substring(0, 16));
  }
}
