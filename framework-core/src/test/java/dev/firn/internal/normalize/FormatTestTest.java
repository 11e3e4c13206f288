package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Rule.Format.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written as its kind is, and what is not. */
class FormatTestTest {
  @ParameterizedTest
  @CsvSource({
    "EMAIL, ada@example.com, true",
    "EMAIL, ada@localhost, true",
    "EMAIL, ada@@example.com, false",
    "EMAIL, @example.com, false",
    "EMAIL, a b@example.com, false",
    "EMAIL, a.b+c@example.com, true",
    "EMAIL, .a@example.com, false",
    "EMAIL, a..b@example.com, false",
    "URI, https://example.com/a?b=c, true",
    "URI, urn:isbn:1, true",
    "URI, /relative, false",
    "URI, http://a b, false",
    "HOSTNAME, a-1.example.com, true",
    "HOSTNAME, -a.example.com, false",
    "HOSTNAME, a..b, false",
    "IPV4, 192.168.0.1, true",
    "IPV4, 192.168.0.256, false",
    "IPV4, 192.168.01.1, false",
    "IPV4, 1.2.3, false",
    "IPV6, 2001:db8::1, true",
    "IPV6, ::, true",
    "IPV6, ::ffff:192.168.0.1, true",
    "IPV6, 1:2:3:4:5:6:7:8, true",
    "IPV6, 1:2:3:4:5:6:7, false",
    "IPV6, 1::2::3, false",
    "IPV6, 12345::, false",
  })
  void aTextIsOfItsKindOrNot(Kind kind, String text, boolean holds) {
    assertThat(new FormatTest(kind).holds(text)).isEqualTo(holds);
  }
}
