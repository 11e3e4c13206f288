package dev.firn.iceberg.internal.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Generated values of every type that the encoder knows, the awkward ones among them. */
final class Samples {
  static final List<Type> TYPES =
      List.of(
          Types.BooleanType.get(),
          Types.IntegerType.get(),
          Types.LongType.get(),
          Types.FloatType.get(),
          Types.DoubleType.get(),
          Types.DecimalType.of(7, 2),
          Types.DecimalType.of(18, 0),
          Types.DecimalType.of(38, 10),
          Types.DateType.get(),
          Types.TimeType.get(),
          Types.TimestampType.withZone(),
          Types.TimestampType.withoutZone(),
          Types.StringType.get(),
          Types.BinaryType.get(),
          Types.UUIDType.get());

  private static final float[] FLOATS = {
    Float.NaN, -0.0f, 0.0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 1.5f
  };
  private static final double[] DOUBLES = {
    Double.NaN,
    -0.0,
    0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -1.5
  };
  private static final String[] TEXTS = {
    "",
    "a",
    "a\0",
    "abcdefg",
    "abcdefgh",
    "abcdefghi",
    "ä",
    "\uFFFD",
    "\uD83D\uDE00",
    "z".repeat(300)
  };

  private Samples() {}

  /** Optional columns c0, c1, ... of the types, with ids from 1. */
  static Schema schema(List<Type> types) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(Types.NestedField.optional(i + 1, "c" + i, types.get(i)));
    }
    return new Schema(fields);
  }

  /**
   * Rows of one group, by column. {@code nullShare} of 1 makes a column of nulls; {@code distinct}
   * bounds how many values there are.
   */
  static List<@Nullable Object> column(
      Type type, int rows, double nullShare, int distinct, Random random) {
    List<Object> pool = new ArrayList<>();
    for (int i = 0; i < Math.min(distinct, rows); i++) {
      pool.add(value(type, random));
    }
    List<@Nullable Object> column = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      column.add(random.nextDouble() < nullShare ? null : pool.get(random.nextInt(pool.size())));
    }
    return column;
  }

  private static Object value(Type type, Random random) {
    return switch (type.typeId()) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER ->
          random.nextInt(4) == 0 ? Integer.MIN_VALUE + random.nextInt(2) : random.nextInt();
      case LONG ->
          random.nextInt(4) == 0
              ? Long.MAX_VALUE - random.nextInt(2)
              : random.nextLong() >> random.nextInt(60);
      case FLOAT ->
          random.nextBoolean() ? FLOATS[random.nextInt(FLOATS.length)] : random.nextFloat() - 0.5f;
      case DOUBLE ->
          random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian();
      case DECIMAL -> decimal((Types.DecimalType) type, random);
      case DATE -> LocalDate.ofEpochDay(random.nextInt(40_000) - 10_000);
      case TIME -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000);
      case TIMESTAMP -> timestamp((Types.TimestampType) type, random);
      case STRING -> random.nextBoolean() ? TEXTS[random.nextInt(TEXTS.length)] : text(random);
      case BINARY -> ByteBuffer.wrap(bytes(random, random.nextInt(20)));
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      default -> throw new AssertionError(type);
    };
  }

  private static BigDecimal decimal(Types.DecimalType type, Random random) {
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    BigInteger unscaled =
        new BigInteger(
                limit.bitLength() + random.nextInt(2) - random.nextInt(limit.bitLength()), random)
            .mod(limit);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }

  private static Object timestamp(Types.TimestampType type, Random random) {
    long micros = random.nextLong() >> 12;
    OffsetDateTime time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    return type.shouldAdjustToUTC() ? time : time.toLocalDateTime();
  }

  private static String text(Random random) {
    return "value " + Integer.toString(random.nextInt(), 36).repeat(random.nextInt(4));
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
