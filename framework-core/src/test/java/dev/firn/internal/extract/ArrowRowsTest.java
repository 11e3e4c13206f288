package dev.firn.internal.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.load.WriteDisposition;
import dev.firn.source.ReadRequest;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.complex.impl.UnionMapWriter;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowRowsTest {
  private final BufferAllocator allocator = new RootAllocator();

  @TempDir Path folder;

  @AfterEach
  void everyBatchWasClosed() {
    allocator.close();
  }

  @Test
  void everyKindOfVectorIsSent() {
    BitVector bit = vector(new BitVector("bit", allocator), 1);
    bit.set(0, 1);
    IntVector whole = vector(new IntVector("int", allocator), 1);
    whole.set(0, -7);
    UInt8Vector unsigned = vector(new UInt8Vector("uint8", allocator), 1);
    unsigned.set(0, -1L);
    Float8Vector real = vector(new Float8Vector("real", allocator), 1);
    real.set(0, 0.5);
    DecimalVector decimal = vector(new DecimalVector("decimal", allocator, 10, 2), 1);
    decimal.set(0, new BigDecimal("1.50"));
    VarCharVector text = vector(new VarCharVector("text", allocator), 1);
    text.setSafe(0, "2024-01-01T00:00:00Z".getBytes(StandardCharsets.UTF_8));
    VarBinaryVector binary = vector(new VarBinaryVector("binary", allocator), 1);
    binary.setSafe(0, new byte[] {1, 2});
    DateDayVector date = vector(new DateDayVector("date", allocator), 1);
    date.set(0, 3);
    TimeMilliVector time = vector(new TimeMilliVector("time", allocator), 1);
    time.set(0, 4);
    TimeStampMicroVector local = vector(new TimeStampMicroVector("local", allocator), 1);
    local.set(0, 5);
    TimeStampNanoTZVector instant =
        vector(new TimeStampNanoTZVector("instant", allocator, "UTC"), 1);
    instant.set(0, -1);
    NullVector none = new NullVector("none", 1);

    assertThat(
            events(
                bit, whole, unsigned, real, decimal, text, binary, date, time, local, instant,
                none))
        .containsExactly(
            "record 0",
            "{",
            "key bit",
            "bool true",
            "key int",
            "integer -7",
            "key uint8",
            "number 18446744073709551615",
            "key real",
            "real " + Double.doubleToRawLongBits(0.5) + " 0.5",
            "key decimal",
            "decimal 150 2",
            "key text",
            "text 2024-01-01T00:00:00Z",
            "key binary",
            "binary 0102",
            "key date",
            "date 3",
            "key time",
            "time 4000",
            "key local",
            "timestampNtz 5",
            "key instant",
            "timestamp -1",
            "key none",
            "nothing",
            "}",
            "end");
  }

  @Test
  void structsListsAndMapsAreSent() {
    StructVector struct = StructVector.empty("struct", allocator);
    IntVector inner =
        struct.addOrGet("a", FieldType.nullable(new ArrowType.Int(32, true)), IntVector.class);
    struct.allocateNew();
    inner.setSafe(0, 1);
    struct.setIndexDefined(0);
    struct.setValueCount(2);
    ListVector list = ListVector.empty("list", allocator);
    UnionListWriter items = list.getWriter();
    items.setPosition(0);
    items.startList();
    items.bigInt().writeBigInt(8);
    items.bigInt().writeBigInt(9);
    items.endList();
    items.setValueCount(2);
    MapVector map = MapVector.empty("map", allocator, false);
    UnionMapWriter entries = map.getWriter();
    entries.setPosition(0);
    entries.startMap();
    entries.startEntry();
    entries.key().varChar().writeVarChar("k");
    entries.value().bigInt().writeBigInt(5);
    entries.endEntry();
    entries.endMap();
    map.setValueCount(2);

    assertThat(events(struct, list, map))
        .containsExactly(
            "record 0",
            "{",
            "key struct",
            "{",
            "key a",
            "integer 1",
            "}",
            "key list",
            "[",
            "integer 8",
            "integer 9",
            "]",
            "key map",
            "{",
            "key k",
            "integer 5",
            "}",
            "}",
            "end",
            "record 1",
            "{",
            "key struct",
            "nothing",
            "key list",
            "nothing",
            "key map",
            "nothing",
            "}",
            "end");
  }

  @Test
  void aBatchIsCutIntoSplitsLikeAnyRecords() {
    BigIntVector ids = vector(new BigIntVector("id", allocator), 25);
    for (int i = 0; i < 25; i++) {
      ids.set(i, i);
    }
    ObjectsReader reader = new ObjectsReader("rows", 10, request -> Stream.of(root(ids)), folder);

    List<Split> splits = splits(reader);

    assertThat(splits).extracting(Split::ordinal).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aVectorThatNoColumnTakesIsNamedAndItsBatchClosed() {
    DurationVector duration =
        new DurationVector(
            "wait", FieldType.nullable(new ArrowType.Duration(TimeUnit.SECOND)), allocator);
    duration.allocateNew(1);
    duration.setValueCount(1);

    assertThatThrownBy(() -> events(duration))
        .hasMessageContaining("Vector 'wait' is of the Arrow type Duration(SECOND)");
  }

  private static <V extends FieldVector> V vector(V vector, int rows) {
    vector.allocateNew();
    vector.setValueCount(rows);
    return vector;
  }

  private static VectorSchemaRoot root(FieldVector... vectors) {
    return VectorSchemaRoot.of(vectors);
  }

  private List<String> events(FieldVector... vectors) {
    EventLog log = new EventLog();
    splits(new ObjectsReader("rows", 0, request -> List.of(root(vectors)), folder))
        .forEach(split -> split.read(log));
    return log.lines;
  }

  private static List<Split> splits(ObjectsReader reader) {
    List<Split> splits = new ArrayList<>();
    try (SplitStream stream = reader.open(ReadRequest.everything(WriteDisposition.APPEND))) {
      for (Optional<Split> next = stream.next(); next.isPresent(); next = stream.next()) {
        splits.add(next.get());
      }
    }
    return splits;
  }
}
