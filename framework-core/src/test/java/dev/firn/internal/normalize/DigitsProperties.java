package dev.firn.internal.normalize;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Numbers read from bytes, against the JDK's own reading. */
class DigitsProperties {
  @Provide
  Arbitrary<String> integers() {
    Arbitrary<String> near =
        Arbitraries.bigIntegers()
            .between(BigInteger.TWO.pow(70).negate(), BigInteger.TWO.pow(70))
            .map(BigInteger::toString);
    return Arbitraries.oneOf(
        near,
        Arbitraries.longs().map(Object::toString),
        Arbitraries.of(
            "-0",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "9999999999999999999",
            "-9999999999999999999"));
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25);
    Arbitrary<String> whole = digits.map(text -> new BigInteger(text).toString());
    Arbitrary<String> fraction =
        Arbitraries.oneOf(digits.map(text -> "." + text), Arbitraries.just(""));
    Arbitrary<String> exponent =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.integers().between(-330, 330).map(power -> "e" + power),
            Arbitraries.integers().between(0, 30).map(power -> "E+" + power));
    return Combinators.combine(Arbitraries.of("", "-"), whole, fraction, exponent)
        .as((sign, w, f, e) -> sign + w + f + e);
  }

  @Property(tries = 500)
  void integersAreReadAsTheJdkReadsThem(@ForAll("integers") String text) {
    byte[] ascii = text.getBytes(US_ASCII);
    BigInteger value = new BigInteger(text);

    boolean fits = Digits.fitsLong(ascii, 0, ascii.length);

    assertThat(fits).isEqualTo(value.bitLength() < 64);
    if (fits) {
      assertThat(Digits.toLong(ascii, 0, ascii.length)).isEqualTo(value.longValueExact());
    }
  }

  @Property(tries = 1000)
  void doublesAreTheNearestOnes(@ForAll("numbers") String text) {
    byte[] padded = ("[" + text + "]").getBytes(US_ASCII);

    double read = Digits.toDouble(padded, 1, padded.length - 1);

    assertThat(Double.doubleToLongBits(read))
        .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
  }

  @Property(tries = 500)
  void aNumberIsWhatItsSpellingSays(@ForAll("numbers") String text) {
    byte[] ascii = text.getBytes(US_ASCII);
    Value value = new Value().setNumber(ascii, 0, ascii.length);
    boolean whole = text.matches("-?[0-9]+");
    int digits = text.replace("-", "").length();

    if (!whole) {
      boolean infinite = Double.isInfinite(Double.parseDouble(text));
      assertThat(value.fact).isEqualTo(infinite ? Facts.OUT_OF_RANGE : Facts.DOUBLE);
    } else if (new BigInteger(text).bitLength() < 64) {
      assertThat(value.fact).isEqualTo(Facts.LONG);
    } else {
      assertThat(value.fact).isEqualTo(digits <= 38 ? Facts.BIG : Facts.LONGER);
    }
    assertThat(value.asDecimal()).isEqualByComparingTo(new BigDecimal(text));
  }

  @Property(tries = 500)
  void textIsACanonicalNumberExactlyByTheRule(@ForAll("texts") String text) {
    byte[] utf8 = text.getBytes(US_ASCII);
    boolean canonical = text.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,15})?");

    int found = Digits.canonical(utf8, 0, utf8.length);

    assertThat(found).isEqualTo(!canonical ? 0 : text.contains(".") ? Facts.DOUBLE : Facts.LONG);
    assertThat(NumberText.canonical(utf8, 0, utf8.length)).isEqualTo(canonical);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any = Arbitraries.strings().withChars("0019.-+e ").ofMaxLength(22);
    return Arbitraries.oneOf(any, numbers(), integers());
  }
}
