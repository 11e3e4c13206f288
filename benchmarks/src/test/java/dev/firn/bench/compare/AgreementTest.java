package dev.firn.bench.compare;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private final Agreement agreement = new Agreement();

  @Test
  void acceptsEqualFacts() throws IOException {
    agreement.check("firn", Map.of("rows", "10", "sum", "55"));

    assertThatCode(() -> agreement.check("duckdb", Map.of("rows", "10", "sum", "55")))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheFactThatDiffers() throws IOException {
    agreement.check("firn", Map.of("rows", "10", "sum", "55"));

    assertThatThrownBy(() -> agreement.check("duckdb", Map.of("rows", "10", "sum", "56")))
        .hasMessageContaining("firn and duckdb do not agree")
        .hasMessageContaining("sum: 55, but 56")
        .message()
        .doesNotContain("rows");
  }
}
