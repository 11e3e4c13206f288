package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.internal.normalize.Coercion.Strictness;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CoercionProperties {
  private final Coerced strict = new Coerced();
  private final Coerced free = new Coerced();

  @Property
  void whatACommittedColumnTakesADeclaredOneTakesAlike(
      @ForAll("types") DataType type, @ForAll("texts") String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Coerced strict = new Coerced();
    Coerced free = new Coerced();

    boolean committed =
        Coercion.into(type, Strictness.COMMITTED).string(utf8, 0, utf8.length, strict);
    boolean declared = Coercion.into(type, Strictness.DECLARED).string(utf8, 0, utf8.length, free);

    if (committed) {
      assertThat(declared).isTrue();
      assertThat(free).usingRecursiveComparison().isEqualTo(strict);
    }
  }

  @Property
  void wholeNumbersSurviveTheWayThroughText(@ForAll long value) {
    Coercion text = Coercion.into(Simple.STRING, Strictness.COMMITTED);
    Coercion whole = Coercion.into(Simple.LONG, Strictness.DECLARED);

    boolean back =
        text.integer(value, strict) && whole.string(strict.bytes, strict.from, strict.to, free);

    assertThat(back).isTrue();
    assertThat(free.integer).isEqualTo(value);
  }

  @Property
  void doublesThatFitALongAreThatNumber(@ForAll double value) {
    boolean fits = Coercion.into(Simple.LONG, Strictness.COMMITTED).real(value, strict);

    assertThat(fits)
        .isEqualTo(value == Math.rint(value) && Math.abs(value) < 0x1p63 || value == -0x1p63);
    assertThat(!fits || strict.integer == value).isTrue();
  }

  @Property
  void timesSurviveTheWayThroughText(@ForAll("micros") long micros) {
    Coercion text = Coercion.into(Simple.STRING, Strictness.COMMITTED);
    Coercion instant = Coercion.into(Simple.TIMESTAMP, Strictness.COMMITTED);

    boolean back =
        text.timestamp(micros, strict)
            && instant.string(strict.bytes, strict.from, strict.to, free);

    assertThat(back).isTrue();
    assertThat(free.integer).isEqualTo(micros);
  }

  @Property
  void canonicalNumbersAreThoseOfTheirPattern(@ForAll("numbers") String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

    assertThat(NumberText.canonical(utf8, 0, utf8.length))
        .isEqualTo(text.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,15})?"));
  }

  @Provide
  Arbitrary<DataType> types() {
    return Arbitraries.oneOf(
        Arbitraries.of(Simple.values()).map(type -> type),
        Arbitraries.of(new DataType.Decimal(38, 0), new DataType.Decimal(10, 2)));
  }

  @Provide
  Arbitrary<Long> micros() {
    return Arbitraries.longs().between(-62_167_219_200_000_000L, 253_402_300_799_999_999L);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        numbers(),
        Arbitraries.strings().ofMaxLength(12),
        Arbitraries.of(
            "true", "no", "2024-02-29", "2024-02-29T10:00:00.1234567Z", "10:36", "AAAA"));
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("0123456789").ofMinLength(1).ofMaxLength(20),
        Arbitraries.strings().withChars("0129.-+e x").ofMaxLength(24),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.bigDecimals().map(String::valueOf));
  }
}
