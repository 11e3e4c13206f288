package dev.firn.iceberg.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class KeyProbesTest {
  private static final Schema COLUMNS =
      new Schema(
          NestedField.required(1, "id", Types.LongType.get()),
          NestedField.required(2, "small", Types.IntegerType.get()),
          NestedField.required(3, "code", Types.StringType.get()));
  private static final int ROWS = 1_000;

  /** Even numbers, in all columns, each with a bloom filter. */
  private static DataFile evenNumbers(Table table) throws IOException {
    DataWriter<Record> writer =
        FormatModelRegistry.<Record, Object>dataWriteBuilder(
                FileFormat.PARQUET,
                Record.class,
                EncryptedFiles.plainAsEncryptedOutput(
                    table
                        .io()
                        .newOutputFile(
                            table.location() + "/data/even-" + UUID.randomUUID() + ".parquet")))
            .schema(COLUMNS)
            .spec(table.spec())
            .set("write.parquet.bloom-filter-enabled.column.id", "true")
            .set("write.parquet.bloom-filter-enabled.column.small", "true")
            .set("write.parquet.bloom-filter-enabled.column.code", "true")
            .build();
    try (writer) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(Lake.record(COLUMNS, 2L * i, 2 * i, code(2 * i)));
      }
    }
    return writer.toDataFile();
  }

  private static String code(int number) {
    return "c%05d".formatted(number);
  }

  private static ReadColumn longs(Type type, long... values) {
    return ReadColumn.ofLongs(type, row -> false, values);
  }

  private static ReadColumn texts(String... values) {
    byte[] bytes = String.join("", values).getBytes(StandardCharsets.UTF_8);
    int[] offsets = new int[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      offsets[i + 1] = offsets[i] + values[i].length();
    }
    return ReadColumn.ofBytes(Types.StringType.get(), row -> false, bytes, offsets);
  }

  private static long rowsRead(Lake lake, String name, Type readAs, ReadColumn keys, int count)
      throws IOException {
    Table table = lake.create("probed", COLUMNS);
    DataFile file = evenNumbers(table);
    KeyRanks ranks = new KeyRanks(1, count);
    for (int i = 0; i < count; i++) {
      ranks.add(List.of(keys), i);
    }
    ranks.sort();
    NestedField field = COLUMNS.findField(name);
    NestedField wanted = NestedField.required(field.fieldId(), name, readAs);
    AtomicLong rows = new AtomicLong();
    new ScanReader()
        .read(
            RowSource.staged(table.io(), file),
            new Schema(wanted),
            ranks.within(List.of(wanted)),
            (first, read, piece) -> rows.addAndGet(piece));
    return rows.get();
  }

  private static long rowsRead(String name, Type readAs, ReadColumn keys, int count)
      throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      return rowsRead(lake, name, readAs, keys, count);
    }
  }

  @Test
  void rowGroupsThatHoldNoKeyAreNotRead() throws IOException {
    Type longs = Types.LongType.get();

    assertThat(rowsRead("id", longs, longs(longs, 1, 501, 999), 3)).isZero();
    assertThat(rowsRead("code", Types.StringType.get(), texts(code(1), code(777)), 2)).isZero();
    assertThat(rowsRead("small", Types.IntegerType.get(), longs(longs, 1, 3), 2)).isZero();
  }

  @Test
  void rowGroupsThatHoldAnyKeyAreRead() throws IOException {
    Type longs = Types.LongType.get();

    assertThat(rowsRead("id", longs, longs(longs, 1, 500, 999), 3)).isEqualTo(ROWS);
    assertThat(rowsRead("code", Types.StringType.get(), texts(code(1), code(778)), 2))
        .isEqualTo(ROWS);
  }

  @Test
  void numbersThatWereSmallerWhenTheyWereWrittenAreFound() throws IOException {
    Type longs = Types.LongType.get();

    assertThat(rowsRead("small", longs, longs(longs, 500), 1)).isEqualTo(ROWS);
    assertThat(rowsRead("small", longs, longs(longs, 501), 1)).isZero();
  }

  @Test
  void manyKeysAskNoFilter() throws IOException {
    List<String> odd = new ArrayList<>();
    for (int i = 0; i <= KeyProbes.MOST; i++) {
      odd.add(code(2 * (i % ROWS) + 1));
    }

    assertThat(
            rowsRead("code", Types.StringType.get(), texts(odd.toArray(String[]::new)), odd.size()))
        .isEqualTo(ROWS);
  }
}
