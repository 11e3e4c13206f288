package dev.firn.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.TableName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashTest {
  private static final TableName TABLE = TableName.parse("shop.orders");
  private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

  /** Expected ids come from an independent MurmurHash3 over the documented words. */
  @Test
  void keepsTheValuesThatTablesHold() {
    assertThat(id(hash -> hash.addLong(42))).isEqualTo("xrngQhNUNDvMQEe9YgSQwA");
    assertThat(id(hash -> hash.addLong(-1))).isEqualTo("HPrKgB-hDvqcNapN2AV8QA");
    assertThat(id(hash -> hash.addDecimal(new BigDecimal("1.250"))))
        .isEqualTo("M95RhYBmAmCEcArbQkT7jw");
    assertThat(id(hash -> hash.addDecimal(new BigDecimal("-1E+37"))))
        .isEqualTo("UHvsIIkwAs7tmzTDiW0RJg");
    assertThat(id(hash -> hash.addString("kö"))).isEqualTo("hzyk3bA2plYVHmeyzthiIw");
    assertThat(id(hash -> hash.addString("12345678"))).isEqualTo("M0x86yIE4do5z7eHo4zrSg");
    assertThat(id(hash -> hash.addString(""))).isEqualTo("ZLHdQkWNFJABrn5xLFQPsg");
    assertThat(id(hash -> hash.addBinary(new byte[] {0, 1, -1}, 0, 3)))
        .isEqualTo("kmqoQPVUpqHbzRoDEgBErw");
    assertThat(id(hash -> hash.addBoolean(true))).isEqualTo("nuic-T1ysFlBq06IBYKZDA");
    assertThat(id(hash -> hash.addDate(19_000))).isEqualTo("vtlOFVSFntPcUCu2JfOn4Q");
    assertThat(id(hash -> hash.addTime(1))).isEqualTo("yNf_DrYyVldWmU80L_JoiA");
    assertThat(id(hash -> hash.addTimestamp(1_700_000_000_000_000L)))
        .isEqualTo("V-8KTB593qAMndNKck55wQ");
    assertThat(id(hash -> hash.addUuid(ID))).isEqualTo("eov9Plmlqzx4Tpc9X6xS1g");
    assertThat(
            id(
                hash -> {
                  hash.addLong(7);
                  hash.addString("a");
                }))
        .isEqualTo("x_53w_nx3G2zSwwJUPwQQg");
  }

  @Test
  void idIsTheHashInBase64() {
    KeyHash hash = new KeyHash(TABLE);
    hash.begin();
    hash.addLong(42);

    assertThat(hash.high()).isEqualTo(0xc6b9e0421354343bL);
    assertThat(hash.low()).isEqualTo(0xcc4047bd620490c0L);
  }

  @Test
  void dependsOnTheTable() {
    KeyHash other = new KeyHash(TableName.parse("shop.customers"));
    other.begin();
    other.addLong(42);

    assertThat(other.id()).isNotEqualTo(id(hash -> hash.addLong(42)));
  }

  @Property(tries = 200)
  void equalNumbersHashAlikeWhateverTheirType(
      @ForAll long value, @ForAll @IntRange(max = 19) int scale) {
    BigDecimal decimal = BigDecimal.valueOf(value).setScale(scale);

    assertThat(id(hash -> hash.addDecimal(decimal))).isEqualTo(id(hash -> hash.addLong(value)));
    assertThat(id(hash -> addInHalves(hash, decimal))).isEqualTo(id(hash -> hash.addLong(value)));
  }

  @Property(tries = 200)
  void bothSpellingsOfADecimalHashAlike(
      @ForAll
          @BigRange(
              min = "-99999999999999999999999999999999999999",
              max = "99999999999999999999999999999999999999")
          BigInteger unscaled,
      @ForAll @IntRange(max = 38) int scale) {
    BigDecimal decimal = new BigDecimal(unscaled, scale);

    assertThat(id(hash -> addInHalves(hash, decimal)))
        .isEqualTo(id(hash -> hash.addDecimal(decimal)))
        .isEqualTo(id(hash -> hash.addDecimal(decimal.stripTrailingZeros())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1234567", "12345678", "123456789", "grün", "0123456789abcdef"})
  void vectorsHashLikeTheirValues(String text) {
    try (BufferAllocator memory = new RootAllocator();
        IntVector ints = new IntVector("i", memory);
        BigIntVector longs = new BigIntVector("l", memory);
        DecimalVector decimals = new DecimalVector("d", memory, 38, 4);
        BitVector bits = new BitVector("b", memory);
        DateDayVector days = new DateDayVector("date", memory);
        TimeMicroVector times = new TimeMicroVector("time", memory);
        TimeStampMicroTZVector instants = new TimeStampMicroTZVector("ts", memory, "UTC");
        VarCharVector strings = new VarCharVector("s", memory);
        VarBinaryVector bytes = new VarBinaryVector("x", memory);
        FixedSizeBinaryVector uuids = new FixedSizeBinaryVector("u", memory, 16)) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      BigDecimal decimal = new BigDecimal("-12345678901234567890123.4500");
      ints.setSafe(2, -3);
      longs.setSafe(2, Long.MIN_VALUE);
      decimals.setSafe(2, decimal);
      bits.setSafe(2, 1);
      days.setSafe(2, -5);
      times.setSafe(2, 6);
      instants.setSafe(2, -7);
      strings.setSafe(2, utf8);
      bytes.setSafe(2, utf8);
      uuids.setSafe(2, uuidBytes());

      assertThat(at(ints, 2)).isEqualTo(id(hash -> hash.addLong(-3)));
      assertThat(at(longs, 2)).isEqualTo(id(hash -> hash.addLong(Long.MIN_VALUE)));
      assertThat(at(decimals, 2)).isEqualTo(id(hash -> hash.addDecimal(decimal)));
      assertThat(at(bits, 2)).isEqualTo(id(hash -> hash.addBoolean(true)));
      assertThat(at(days, 2)).isEqualTo(id(hash -> hash.addDate(-5)));
      assertThat(at(times, 2)).isEqualTo(id(hash -> hash.addTime(6)));
      assertThat(at(instants, 2)).isEqualTo(id(hash -> hash.addTimestamp(-7)));
      assertThat(at(strings, 2)).isEqualTo(id(hash -> hash.addString(text)));
      assertThat(at(bytes, 2)).isEqualTo(id(hash -> hash.addBinary(utf8, 0, utf8.length)));
      assertThat(at(uuids, 2)).isEqualTo(id(hash -> hash.addUuid(ID)));
    }
  }

  @Test
  void refusesNullsAndFloatingPointNumbers() {
    try (BufferAllocator memory = new RootAllocator();
        BigIntVector longs = new BigIntVector("id", memory);
        Float8Vector doubles = new Float8Vector("price", memory)) {
      longs.setNull(0);
      doubles.setSafe(0, 1.5);

      assertThatThrownBy(() -> at(longs, 0))
          .hasMessage("Table shop.orders: key column 'id' is null.")
          .extracting(error -> ((FirnException) error).code())
          .isEqualTo(ErrorCode.BAD_KEY_VALUE);
      assertThatThrownBy(() -> at(doubles, 0)).hasMessageContaining("'price' is of type float8");
    }
  }

  private static String id(Consumer<KeyHash> values) {
    KeyHash hash = new KeyHash(TABLE);
    hash.begin();
    hash.addLong(99);
    hash.begin();
    values.accept(hash);
    return hash.id();
  }

  private static String at(FieldVector vector, int row) {
    return id(hash -> hash.add(vector, row));
  }

  private static void addInHalves(KeyHash hash, BigDecimal decimal) {
    BigInteger unscaled = decimal.unscaledValue();
    hash.addDecimal(unscaled.shiftRight(64).longValue(), unscaled.longValue(), decimal.scale());
  }

  private static byte[] uuidBytes() {
    return ByteBuffer.allocate(16)
        .putLong(ID.getMostSignificantBits())
        .putLong(ID.getLeastSignificantBits())
        .array();
  }
}
