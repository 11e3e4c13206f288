package dev.firn.iceberg.internal.stage;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.IntFunction;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The values of a vector as Iceberg's transforms take them.
 *
 * @param type of the values
 * @param at the value at a position that is not null
 */
record PartitionValues(Type type, IntFunction<Object> at) {
  static PartitionValues of(FieldVector vector) {
    if (vector instanceof BigIntVector longs) {
      return new PartitionValues(Types.LongType.get(), longs::get);
    } else if (vector instanceof IntVector ints) {
      return new PartitionValues(Types.IntegerType.get(), ints::get);
    } else if (vector instanceof VarCharVector text) {
      return new PartitionValues(
          Types.StringType.get(), row -> new String(text.get(row), StandardCharsets.UTF_8));
    } else if (vector instanceof TimeStampMicroTZVector instants) {
      return new PartitionValues(Types.TimestampType.withZone(), instants::get);
    } else if (vector instanceof TimeStampMicroVector times) {
      return new PartitionValues(Types.TimestampType.withoutZone(), times::get);
    } else if (vector instanceof DateDayVector days) {
      return new PartitionValues(Types.DateType.get(), days::get);
    }
    return rarer(vector);
  }

  private static PartitionValues rarer(FieldVector vector) {
    if (vector instanceof BitVector bits) {
      return new PartitionValues(Types.BooleanType.get(), row -> bits.get(row) != 0);
    } else if (vector instanceof DecimalVector decimals) {
      return new PartitionValues(
          Types.DecimalType.of(decimals.getPrecision(), decimals.getScale()), decimals::getObject);
    } else if (vector instanceof TimeMicroVector times) {
      return new PartitionValues(Types.TimeType.get(), times::get);
    } else if (vector instanceof VarBinaryVector binary) {
      return new PartitionValues(Types.BinaryType.get(), row -> ByteBuffer.wrap(binary.get(row)));
    } else if (vector instanceof FixedSizeBinaryVector uuids) {
      return new PartitionValues(Types.UUIDType.get(), row -> uuid(uuids.get(row)));
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Column '"
            + vector.getName()
            + "' cannot partition a table: it is "
            + vector.getMinorType()
            + ".",
        "Partition by a column of another type.");
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
