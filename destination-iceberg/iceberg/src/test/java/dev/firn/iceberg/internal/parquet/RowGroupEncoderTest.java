package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.TransferPair;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
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

  @Test
  void boundsTooLongForAFooterAreNotKeptWhole() throws IOException {
    Schema schema = new Schema(Types.NestedField.optional(1, "text", Types.StringType.get()));
    String least = "b".repeat(1 << 20);
    String greatest = "y".repeat(1 << 20);
    List<List<List<@Nullable Object>>> groups =
        List.of(List.of(Arrays.asList(greatest, null, least)), List.of(List.of("c", "d")));

    SealedFile sealed = TestFiles.write(io, "f", schema, groups, SETTINGS);
    SealedFile whole = TestFiles.write(io, "g", schema, groups, SETTINGS, "full");

    assertThat(text(sealed.metrics().lowerBounds().get(1))).isEqualTo("b".repeat(16));
    assertThat(text(sealed.metrics().upperBounds().get(1))).isEqualTo("y".repeat(15) + "z");
    assertThat(whole.metrics().lowerBounds()).isEmpty();
    assertThat(whole.metrics().upperBounds()).isEmpty();
    assertThat(whole.metrics().nullValueCounts()).containsEntry(1, 1L);
    Statistics<?> first =
        TestFiles.footer(io, "f").getBlocks().get(0).getColumns().get(0).getStatistics();
    assertThat(first.hasNonNullValue()).isFalse();
    assertThat(first.getNumNulls()).isEqualTo(1);
    assertThat(encode(schema, groups.get(0)).columns().get(0).statistics().isSmallerThan(200))
        .isTrue();
  }

  private static String text(ByteBuffer bound) {
    return Conversions.<CharSequence>fromByteBuffer(Types.StringType.get(), bound).toString();
  }

  private static EncodedRowGroup encode(Schema schema, List<List<@Nullable Object>> columns) {
    try (BufferAllocator allocator = new RootAllocator();
        RowGroupEncoder encoder = new RowGroupEncoder(SETTINGS)) {
      return TestFiles.encode(encoder, schema, columns, allocator);
    }
  }

  @Test
  void dictionariesAreMadeOnlyWhereTheyPay() throws IOException {
    int rows = 150_000;
    Random random = new Random(3);
    Schema schema =
        Samples.schema(
            List.of(
                Types.LongType.get(),
                Types.LongType.get(),
                Types.StringType.get(),
                Types.StringType.get(),
                Types.UUIDType.get(),
                Types.UUIDType.get(),
                Types.LongType.get()));
    List<List<@Nullable Object>> columns =
        List.of(
            numbered(rows, i -> (long) random.nextInt(50_000)),
            numbered(rows, i -> (long) i),
            numbered(rows, i -> "text number " + random.nextInt(20_000)),
            numbered(rows, i -> "text number " + i),
            numbered(rows, i -> new UUID(i % 5_000, 7)),
            numbered(rows, i -> new UUID(i, 7)),
            numbered(rows, i -> (long) random.nextInt(90_000)));

    TestFiles.write(io, "f", schema, List.of(columns), SETTINGS);

    List<Boolean> coded =
        TestFiles.footer(io, "f").getBlocks().get(0).getColumns().stream()
            .map(ColumnChunkMetaData::hasDictionaryPage)
            .toList();
    assertThat(coded).containsExactly(true, false, true, false, true, false, false);
    assertThat(TestFiles.read(io, "f", schema))
        .isEqualTo(TestFiles.records(schema, List.of(columns)));
  }

  private static List<@Nullable Object> numbered(int rows, IntFunction<@Nullable Object> value) {
    return IntStream.range(0, rows).mapToObj(value).toList();
  }

  @Test
  void slicesAndBeginningsOfVectorsAreEncoded() throws IOException {
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (Type type : Samples.TYPES) {
      columns.add(Samples.column(type, 100, 0.3, 50, new Random(5)));
    }
    Schema schema = Samples.schema(Samples.TYPES);
    try (BufferAllocator allocator = new RootAllocator();
        RowGroupEncoder encoder = new RowGroupEncoder(SETTINGS);
        OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      List<FieldVector> slices = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        try (FieldVector vector = Vectors.of(schema.columns().get(i), columns.get(i), allocator)) {
          TransferPair pair = vector.getTransferPair(vector.getField(), allocator);
          pair.splitAndTransfer(13, 80);
          slices.add((FieldVector) pair.getTo());
        }
      }
      file.append(encoder.encode(slices, 61), 0);
      slices.forEach(FieldVector::close);
      file.seal(FooterSchema.of(schema, MetricsConfig.getDefault()), TestFiles.all());
    }

    List<List<@Nullable Object>> expected =
        columns.stream().map(column -> column.subList(13, 74)).toList();
    assertThat(TestFiles.read(io, "f", schema))
        .isEqualTo(TestFiles.records(schema, List.of(expected)));
  }

  @Test
  void anEncoderIsUsedAgainAfterAFailure() throws IOException {
    Schema strict = new Schema(Types.NestedField.required(1, "key", Types.LongType.get()));
    try (BufferAllocator allocator = new RootAllocator();
        RowGroupEncoder encoder = new RowGroupEncoder(SETTINGS);
        OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      assertThatThrownBy(
              () -> TestFiles.encode(encoder, strict, List.of(Arrays.asList(1L, null)), allocator))
          .isInstanceOf(IllegalArgumentException.class);
      file.append(TestFiles.encode(encoder, strict, List.of(List.of(2L, 3L)), allocator), 0);
      file.seal(FooterSchema.of(strict, MetricsConfig.getDefault()), TestFiles.all());
    }

    assertThat(TestFiles.read(io, "f", strict))
        .extracting(row -> row.getField("key"))
        .containsExactly(2L, 3L);
  }
}
