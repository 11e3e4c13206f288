package dev.firn.internal.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The hash is stored in tables: its values are fixed for ever. */
class RowHashTest {
  @Test
  void numbersHashByValueNotByType() {
    assertThat(RowHash.of(3.0)).isEqualTo(RowHash.of(3L));
    assertThat(RowHash.of(-0.0)).isEqualTo(RowHash.of(0L));
    assertThat(RowHash.of(3.5)).isNotEqualTo(RowHash.of(3L));
  }

  @Test
  void textHashesByAllItsBytes() {
    byte[] text = "0123456789abcdef!".getBytes(UTF_8);

    assertThat(RowHash.of(text, 0, 16)).isNotEqualTo(RowHash.of(text, 0, 17));
    assertThat(RowHash.of(text, 1, 9)).isNotEqualTo(RowHash.of(text, 0, 8));
    assertThat(RowHash.of("x0123456789abcdef!".getBytes(UTF_8), 1, 18))
        .isEqualTo(RowHash.of(text, 0, 17));
  }

  @Test
  void valuesCountByTheirColumnAndPlace() {
    long a = RowHash.of("a".getBytes(UTF_8), 0, 1);
    long b = RowHash.of("b".getBytes(UTF_8), 0, 1);
    long one = RowHash.of(1L);

    assertThat(RowHash.value(0, a, one)).isNotEqualTo(RowHash.value(0, b, one));
    assertThat(RowHash.value(RowHash.element(0, a, 0), b, one))
        .isNotEqualTo(RowHash.value(RowHash.element(0, a, 1), b, one));
  }

  @Test
  void theValuesNeverChange() {
    byte[] text = "Firn, 0123456789".getBytes(UTF_8);

    List<Long> hashes =
        List.of(
            RowHash.of(42L),
            RowHash.of(0.1),
            RowHash.of(text, 0, text.length),
            RowHash.value(RowHash.element(0, 7, 3), 5, RowHash.of(true)));

    assertThat(hashes)
        .containsExactly(
            -785323504874005645L, 6911164933216678307L, 2159996703280519084L, 8919643126572539109L);
  }
}
