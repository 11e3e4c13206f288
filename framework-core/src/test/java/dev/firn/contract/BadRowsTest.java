package dev.firn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRowsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, false",
    "0, 1, 100, true",
    "3, 3, 3, false",
    "3, 4, 100, true",
    "1%, 1, 100, false",
    "1%, 1, 99, true",
    "0.5%, 1, 200, false",
    "100%, 7, 7, false",
    "0%, 0, 0, false"
  })
  void asManyAsAllowedAreNotTooMany(String allowed, long bad, long rows, boolean tooMany) {
    assertThat(BadRows.parse(allowed).exceededBy(bad, rows)).isEqualTo(tooMany);
    assertThat(BadRows.parse(allowed)).hasToString(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "101%", "100.1%", "ten", "1 %%"})
  void nothingElseIsANumberOfRows(String text) {
    assertThatThrownBy(() -> BadRows.parse(text)).isInstanceOf(FirnException.class);
  }
}
