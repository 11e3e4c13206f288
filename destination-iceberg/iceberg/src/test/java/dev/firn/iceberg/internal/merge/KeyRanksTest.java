package dev.firn.iceberg.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.OpenParquetFile;
import dev.firn.iceberg.internal.parquet.RowGroupEncoder;
import dev.firn.iceberg.internal.parquet.SealedFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class KeyRanksTest {
  private static final Schema COLUMNS =
      new Schema(
          Types.NestedField.optional(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "code", Types.StringType.get()));

  @Test
  void rowGroupsBetweenTheKeysAreNotRead() {
    InMemoryFileIO io = new InMemoryFileIO();
    DataFile file = tenRowGroups(io, "memory:/ranks/numbers.parquet");
    KeyRanks ranks = new KeyRanks(1, 2);
    ranks.add(List.of(longs(955)), 0);
    ranks.add(List.of(longs(250)), 0);
    ranks.sort();

    assertThat(groupsRead(io, file, ranks, COLUMNS.select("id"))).containsExactly(2L, 9L);
  }

  @Test
  void textRanksByItsFirstBytes() {
    InMemoryFileIO io = new InMemoryFileIO();
    DataFile file = tenRowGroups(io, "memory:/ranks/texts.parquet");
    KeyRanks ranks = new KeyRanks(1, 1);
    byte[] text = "0777 and more".getBytes(StandardCharsets.UTF_8);
    ranks.add(
        List.of(
            ReadColumn.ofBytes(
                Types.StringType.get(), row -> false, text, new int[] {0, text.length})),
        0);
    ranks.sort();

    assertThat(groupsRead(io, file, ranks, COLUMNS.select("code"))).containsExactly(7L);
  }

  private static ReadColumn longs(long value) {
    return ReadColumn.ofLongs(Types.LongType.get(), row -> false, new long[] {value});
  }

  private static List<Long> groupsRead(
      InMemoryFileIO io, DataFile file, KeyRanks ranks, Schema key) {
    List<Long> groups = new ArrayList<>();
    new ScanReader()
        .read(
            RowSource.staged(io, file),
            key,
            ranks.within(key.columns()),
            (first, columns, rows) -> groups.add(first / 100));
    return groups;
  }

  /** Ids from 0 to 999 in groups of 100. */
  private static DataFile tenRowGroups(InMemoryFileIO io, String path) {
    try (BufferAllocator memory = new RootAllocator();
        RowGroupEncoder encoder = new RowGroupEncoder(EncoderSettings.DEFAULT);
        OpenParquetFile file = OpenParquetFile.create(io, path);
        BigIntVector ids = new BigIntVector("id", memory);
        VarCharVector codes = new VarCharVector("code", memory)) {
      for (int group = 0; group < 10; group++) {
        for (int i = 0; i < 100; i++) {
          int id = group * 100 + i;
          ids.setSafe(i, id);
          codes.setSafe(i, "%04d-%d".formatted(id, id).getBytes(StandardCharsets.UTF_8));
        }
        ids.setValueCount(100);
        codes.setValueCount(100);
        file.append(encoder.encode(List.of(ids, codes), 100), group);
      }
      SealedFile sealed =
          file.seal(FooterSchema.of(COLUMNS, MetricsConfig.getDefault()), group -> true)
              .orElseThrow();
      return DataFiles.builder(PartitionSpec.unpartitioned())
          .withPath(sealed.path())
          .withFormat("parquet")
          .withFileSizeInBytes(sealed.length())
          .withMetrics(sealed.metrics())
          .build();
    }
  }
}
