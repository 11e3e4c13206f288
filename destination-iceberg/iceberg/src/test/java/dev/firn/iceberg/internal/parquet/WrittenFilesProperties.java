package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

class WrittenFilesProperties {
  /** What a generated file is like; its values follow from the seed. */
  record Plan(
      List<Integer> groupRows,
      List<Double> nullShares,
      List<Integer> distincts,
      EncoderSettings settings,
      long seed) {
    List<List<List<@Nullable Object>>> groups(List<Type> types) {
      Random random = new Random(seed);
      List<List<List<@Nullable Object>>> groups = new ArrayList<>();
      for (int rows : groupRows) {
        List<List<@Nullable Object>> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
          double nullShare = nullShares.get((i + groups.size()) % nullShares.size());
          columns.add(
              Samples.column(
                  types.get(i), rows, nullShare, distincts.get(i % distincts.size()), random));
        }
        groups.add(columns);
      }
      return groups;
    }
  }

  @Provide
  Arbitrary<Plan> plans() {
    Arbitrary<Integer> rows = Arbitraries.of(1, 2, 7, 8, 9, 63, 64, 65, 100, 500);
    Arbitrary<Double> nulls = Arbitraries.of(0.0, 0.0, 0.1, 0.5, 0.99, 1.0);
    Arbitrary<Integer> distinct = Arbitraries.of(1, 2, 3, 9, 300, Integer.MAX_VALUE);
    Arbitrary<EncoderSettings> settings =
        Combinators.combine(
                Arbitraries.of(1, 5, 8, 64, 100, 20_000), Arbitraries.of(1, 64, 1 << 20))
            .as(
                (pageRows, pageBytes) ->
                    new EncoderSettings(1, pageRows, pageBytes, Set.of("c2", "c12")));
    return Combinators.combine(
            rows.list().ofMinSize(1).ofMaxSize(3),
            nulls.list().ofMinSize(1).ofMaxSize(5),
            distinct.list().ofMinSize(1).ofMaxSize(4),
            settings,
            Arbitraries.longs())
        .as(Plan::new);
  }

  @Property(tries = 50)
  void whatIsWrittenIsReadBackEqual(@ForAll("plans") Plan plan) throws IOException {
    Schema schema = Samples.schema(Samples.TYPES);
    List<List<List<@Nullable Object>>> groups = plan.groups(Samples.TYPES);
    List<Record> expected = TestFiles.records(schema, groups);
    try (ScratchFiles io = new ScratchFiles()) {
      SealedFile ours = TestFiles.write(io, "ours", schema, groups, plan.settings());
      TestFiles.writeGeneric(io, "theirs", schema, expected, false);

      assertThat(TestFiles.read(io, "ours", schema)).isEqualTo(expected);
      assertThat(TestFiles.readGroups(io, "ours", FilterCompat.NOOP))
          .isEqualTo(TestFiles.readGroups(io, "theirs", FilterCompat.NOOP));
      assertThat(ours.recordCount()).isEqualTo(expected.size());
      assertThat(ours.length()).isEqualTo(io.newInputFile("ours").getLength());
    }
  }

  @Property(tries = 20)
  void metricsAreThoseOfIcebergsOwnWriter(@ForAll("plans") Plan plan) throws IOException {
    Schema schema = Samples.schema(Samples.TYPES);
    List<List<List<@Nullable Object>>> groups = plan.groups(Samples.TYPES);
    try (ScratchFiles io = new ScratchFiles()) {
      SealedFile ours = TestFiles.write(io, "ours", schema, groups, plan.settings());
      FileAppender<Record> theirs =
          TestFiles.writeGeneric(io, "theirs", schema, TestFiles.records(schema, groups), false);

      assertSameMetrics(schema, ours.metrics(), theirs.metrics());
      assertThat(ours.splitOffsets())
          .hasSameSizeAs(groups)
          .first()
          .isEqualTo(theirs.splitOffsets().get(0));
    }
  }

  private static void assertSameMetrics(Schema schema, Metrics ours, Metrics theirs) {
    assertThat(ours.recordCount()).isEqualTo(theirs.recordCount());
    assertThat(ours.columnSizes().keySet()).isEqualTo(theirs.columnSizes().keySet());
    assertThat(ours.valueCounts()).isEqualTo(theirs.valueCounts());
    assertThat(ours.nullValueCounts()).isEqualTo(theirs.nullValueCounts());
    assertThat(ours.nanValueCounts()).isEqualTo(theirs.nanValueCounts());
    assertThat(values(schema, ours.lowerBounds())).isEqualTo(values(schema, theirs.lowerBounds()));
    assertThat(values(schema, ours.upperBounds())).isEqualTo(values(schema, theirs.upperBounds()));
  }

  /**
   * Bounds as values. Zeros are taken as equal: ours are -0.0 below and 0.0 above, as in the
   * Parquet statistics.
   */
  private static Map<Integer, Object> values(Schema schema, Map<Integer, ByteBuffer> bounds) {
    Map<Integer, Object> values = new HashMap<>();
    bounds.forEach(
        (id, bytes) -> {
          Object value = Conversions.fromByteBuffer(schema.findType(id), bytes);
          boolean zero = value instanceof Double d && d == 0 || value instanceof Float f && f == 0;
          values.put(id, zero ? 0 : value instanceof CharSequence text ? text.toString() : value);
        });
    return values;
  }

  @Property(tries = 20)
  void pageIndexesSayWhatThePagesHold(@ForAll("plans") Plan plan) throws IOException {
    Schema schema = Samples.schema(Samples.TYPES);
    try (ScratchFiles io = new ScratchFiles()) {
      TestFiles.write(io, "ours", schema, plan.groups(Samples.TYPES), plan.settings());

      try (ParquetFileReader reader =
          ParquetFileReader.open(new ParquetInput(io.newInputFile("ours")))) {
        for (BlockMetaData block : reader.getRowGroups()) {
          for (ColumnChunkMetaData chunk : block.getColumns()) {
            assertIndexesFit(reader, block, chunk);
          }
        }
      }
    }
  }

  private static void assertIndexesFit(
      ParquetFileReader reader, BlockMetaData block, ColumnChunkMetaData chunk) throws IOException {
    OffsetIndex offsets = reader.readOffsetIndex(chunk);
    int last = offsets.getPageCount() - 1;
    assertThat(offsets.getOffset(0)).isEqualTo(chunk.getFirstDataPageOffset());
    assertThat(offsets.getOffset(last) + offsets.getCompressedPageSize(last))
        .isEqualTo(chunk.getStartingPos() + chunk.getTotalSize());
    assertThat(offsets.getLastRowIndex(last, block.getRowCount()))
        .isEqualTo(block.getRowCount() - 1);
    ColumnIndex bounds = reader.readColumnIndex(chunk);
    if (bounds != null) {
      assertThat(bounds.getNullPages()).hasSize(last + 1);
      assertThat(bounds.getNullCounts().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(chunk.getStatistics().getNumNulls());
    }
  }

  @Property(tries = 20)
  void filteredReadsFindTheRowsThatTheyFindInOtherFiles(@ForAll("plans") Plan plan)
      throws IOException {
    Schema schema = Samples.schema(Samples.TYPES);
    List<List<List<@Nullable Object>>> groups = plan.groups(Samples.TYPES);
    try (ScratchFiles io = new ScratchFiles()) {
      TestFiles.write(io, "ours", schema, groups, plan.settings());
      TestFiles.writeGeneric(io, "theirs", schema, TestFiles.records(schema, groups), false);

      for (FilterPredicate filter : filters(groups.get(0))) {
        assertThat(TestFiles.readGroups(io, "ours", FilterCompat.get(filter)))
            .isEqualTo(TestFiles.readGroups(io, "theirs", FilterCompat.get(filter)));
      }
    }
  }

  /** Filters on a long and a string column by a value that occurs in them, if any does. */
  private static List<FilterPredicate> filters(List<List<@Nullable Object>> columns) {
    List<FilterPredicate> filters = new ArrayList<>();
    for (Object value : columns.get(2).subList(0, 1)) {
      Long bound = (Long) value;
      filters.add(FilterApi.eq(FilterApi.longColumn("c2"), bound));
      filters.add(FilterApi.notEq(FilterApi.longColumn("c2"), bound));
      if (bound != null) {
        filters.add(FilterApi.gt(FilterApi.longColumn("c2"), bound));
      }
    }
    for (Object value : columns.get(12).subList(0, 1)) {
      if (value != null) {
        Binary bound = Binary.fromString((String) value);
        filters.add(FilterApi.eq(FilterApi.binaryColumn("c12"), bound));
        filters.add(FilterApi.ltEq(FilterApi.binaryColumn("c12"), bound));
      }
    }
    return filters;
  }

  @Property(tries = 20)
  void statisticsOfARowGroupAreThoseOfParquetJava(@ForAll("plans") Plan plan) throws IOException {
    Schema schema = Samples.schema(Samples.TYPES);
    List<List<List<@Nullable Object>>> groups = plan.groups(Samples.TYPES);
    try (ScratchFiles io = new ScratchFiles()) {
      TestFiles.write(io, "ours", schema, groups, plan.settings());
      List<BlockMetaData> blocks = TestFiles.footer(io, "ours").getBlocks();

      for (int g = 0; g < groups.size(); g++) {
        TestFiles.writeGeneric(
            io, "theirs " + g, schema, TestFiles.records(schema, groups.subList(g, g + 1)), false);
        List<ColumnChunkMetaData> theirs =
            TestFiles.footer(io, "theirs " + g).getBlocks().get(0).getColumns();
        for (int i = 0; i < theirs.size(); i++) {
          boolean floating =
              Samples.TYPES.get(i).typeId() == Type.TypeID.FLOAT
                  || Samples.TYPES.get(i).typeId() == Type.TypeID.DOUBLE;
          if (!floating) {
            assertThat(blocks.get(g).getColumns().get(i).getStatistics())
                .isEqualTo(theirs.get(i).getStatistics());
          }
        }
      }
    }
  }
}
