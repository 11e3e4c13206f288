package dev.firn.testkit.contract;

import dev.firn.contract.Rule.Format.Kind;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that are written as a kind of text is. */
final class FormatTexts {
  private static final int LAST_BYTE = 255;
  private static final int LAST_GROUP = 0xffff;

  private FormatTexts() {}

  static Arbitrary<String> of(Kind kind) {
    return switch (kind) {
      case EMAIL ->
          Combinators.combine(RegexTexts.of("[a-zA-Z0-9_%+-]{1,9}(\\.[a-z0-9]{1,4})?"), hosts())
              .as((local, host) -> local + "@" + host);
      case URI ->
          Combinators.combine(
                  Arbitraries.of("https", "http", "ftp"),
                  hosts(),
                  RegexTexts.of("(/[a-z0-9._~-]{0,6}){0,3}(\\?[a-z]{1,4}=[a-z0-9]{0,4})?"))
              .as((scheme, host, path) -> scheme + "://" + host + path);
      case HOSTNAME -> hosts();
      case IPV4 -> bytes();
      case IPV6 -> Arbitraries.oneOf(List.of(groups(8), shortened(), Arbitraries.of("::", "::1")));
    };
  }

  private static Arbitrary<String> hosts() {
    return RegexTexts.of(
        "[a-z0-9]([a-z0-9-]{0,5}[a-zA-Z0-9])?(\\.[a-z][a-z0-9]{0,4}){0,2}\\.(com|org|io)");
  }

  private static Arbitrary<String> bytes() {
    return Arbitraries.integers()
        .between(0, LAST_BYTE)
        .list()
        .ofSize(4)
        .map(parts -> String.join(".", parts.stream().map(String::valueOf).toList()));
  }

  private static Arbitrary<String> groups(int count) {
    return Arbitraries.integers()
        .between(0, LAST_GROUP)
        .list()
        .ofSize(count)
        .map(
            parts ->
                String.join(
                    ":",
                    parts.stream().map(part -> String.format(Locale.ROOT, "%x", part)).toList()));
  }

  private static Arbitrary<String> shortened() {
    return Combinators.combine(groups(2), groups(3)).as((left, right) -> left + "::" + right);
  }
}
