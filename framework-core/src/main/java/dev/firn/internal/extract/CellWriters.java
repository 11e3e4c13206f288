package dev.firn.internal.extract;

import dev.firn.source.Key;
import java.math.BigDecimal;
import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** How each kind of Arrow vector is sent. */
final class CellWriters {
  private CellWriters() {}

  /**
   * The writer of a vector's cells, nulls included.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_SOURCE} for a vector that no column can
   *     take
   */
  static CellWriter of(FieldVector vector) {
    if (vector.getField().getDictionary() != null) {
      throw Writers.unsupported("Vector '" + vector.getName() + "' is encoded by a dictionary");
    } else if (vector instanceof NullVector) {
      return (row, walk) -> walk.sink.nothing();
    }
    CellWriter values = values(vector);
    return (row, walk) -> {
      if (vector.isNull(row)) {
        walk.sink.nothing();
      } else {
        values.write(row, walk);
      }
    };
  }

  private static CellWriter values(FieldVector vector) {
    if (vector instanceof UInt8Vector v) {
      return (row, walk) -> Scalars.whole(v.getObjectNoOverflow(row), walk);
    } else if (vector instanceof BaseIntVector v) {
      return (row, walk) -> walk.sink.integer(v.getValueAsLong(row));
    } else if (vector instanceof BitVector v) {
      return (row, walk) -> walk.sink.bool(v.get(row) != 0);
    } else if (vector instanceof Float4Vector v) {
      return (row, walk) -> walk.sink.real(v.get(row));
    } else if (vector instanceof Float8Vector v) {
      return (row, walk) -> walk.sink.real(v.get(row));
    } else if (vector instanceof DecimalVector v) {
      return (row, walk) -> decimal(v.getObject(row), walk);
    } else if (vector instanceof Decimal256Vector v) {
      return (row, walk) -> decimal(v.getObject(row), walk);
    }
    return bytes(vector);
  }

  private static void decimal(BigDecimal value, Walk walk) {
    walk.sink.decimal(value);
  }

  private static CellWriter bytes(FieldVector vector) {
    if (vector instanceof VarCharVector v) {
      return (row, walk) -> text(v.get(row), walk);
    } else if (vector instanceof LargeVarCharVector v) {
      return (row, walk) -> text(v.get(row), walk);
    } else if (vector instanceof VarBinaryVector v) {
      return (row, walk) -> walk.sink.binary(v.get(row));
    } else if (vector instanceof LargeVarBinaryVector v) {
      return (row, walk) -> walk.sink.binary(v.get(row));
    } else if (vector instanceof FixedSizeBinaryVector v) {
      return (row, walk) -> walk.sink.binary(v.get(row));
    }
    return nested(vector);
  }

  private static void text(byte[] utf8, Walk walk) {
    walk.sink.text(utf8, 0, utf8.length);
  }

  private static CellWriter nested(FieldVector vector) {
    if (vector instanceof MapVector v) {
      return map(v);
    } else if (vector instanceof ListVector v) {
      CellWriter elements = of(v.getDataVector());
      return (row, walk) ->
          list(v.getElementStartIndex(row), v.getElementEndIndex(row), elements, walk);
    } else if (vector instanceof LargeListVector v) {
      CellWriter elements = of(v.getDataVector());
      return (row, walk) ->
          list((int) v.getElementStartIndex(row), (int) v.getElementEndIndex(row), elements, walk);
    } else if (vector instanceof FixedSizeListVector v) {
      CellWriter elements = of(v.getDataVector());
      int size = v.getListSize();
      return (row, walk) -> list(row * size, (row + 1) * size, elements, walk);
    } else if (vector instanceof StructVector v) {
      return struct(v);
    }
    return TimeCells.of(vector);
  }

  private static void list(int from, int to, CellWriter elements, Walk walk) {
    boolean before = walk.enter(true);
    walk.sink.beginList();
    for (int i = from; i < to; i++) {
      elements.write(i, walk);
    }
    walk.sink.endList();
    walk.leave(before);
  }

  private static CellWriter struct(StructVector struct) {
    List<FieldVector> children = struct.getChildrenFromFields();
    Key[] keys = children.stream().map(child -> Key.of(child.getName())).toArray(Key[]::new);
    CellWriter[] cells = children.stream().map(CellWriters::of).toArray(CellWriter[]::new);
    return (row, walk) -> {
      boolean before = walk.enter(true);
      walk.sink.beginObject();
      for (int i = 0; i < keys.length; i++) {
        walk.sink.key(keys[i]);
        cells[i].write(row, walk);
      }
      walk.sink.endObject();
      walk.leave(before);
    };
  }

  /** Maps with text keys are objects, others lists of entries. */
  private static CellWriter map(MapVector map) {
    StructVector entries = (StructVector) map.getDataVector();
    FieldVector keys = entries.getChildrenFromFields().get(0);
    CellWriter values = of(entries.getChildrenFromFields().get(1));
    if (!(keys instanceof VarCharVector texts)) {
      CellWriter elements = struct(entries);
      return (row, walk) ->
          list(map.getElementStartIndex(row), map.getElementEndIndex(row), elements, walk);
    }
    return (row, walk) -> {
      boolean before = walk.enter(true);
      walk.sink.beginObject();
      for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
        byte[] key = texts.get(i);
        walk.sink.key(key, 0, key.length);
        values.write(i, walk);
      }
      walk.sink.endObject();
      walk.leave(before);
    };
  }
}
