package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.Rule;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What rules say of a single value, in the plainest code: an oracle for those made for speed. */
final class PlainRules {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

  private PlainRules() {}

  /** Whether a value that is there keeps a rule. */
  static boolean holds(Rule rule, JsonNode value) {
    if (rule instanceof Rule.AtLeast least) {
      int order = number(value).compareTo(least.bound());
      return order > 0 || (order == 0 && !least.excluded());
    } else if (rule instanceof Rule.AtMost most) {
      int order = number(value).compareTo(most.bound());
      return order < 0 || (order == 0 && !most.excluded());
    } else if (rule instanceof Rule.MinLength shortest) {
      return length(value) >= shortest.length();
    } else if (rule instanceof Rule.MaxLength longest) {
      return length(value) <= longest.length();
    } else if (rule instanceof Rule.Matches regular) {
      return Pattern.compile(regular.pattern()).matcher(value.asText()).find();
    } else if (rule instanceof Rule.OneOf choice) {
      return choice.values().contains(value.asText());
    } else if (rule instanceof Rule.Format format) {
      return holds(format.kind(), value.asText());
    }
    return true;
  }

  private static boolean holds(Rule.Format.Kind kind, String text) {
    return switch (kind) {
      case EMAIL -> {
        int at = text.lastIndexOf('@');
        yield at > 0
            && at <= 64
            && Arrays.stream(text.substring(0, at).split("\\.", -1))
                .allMatch(atom -> atom.matches("[^\\s@\"<>()\\[\\],;:\\\\]+"))
            && holds(Rule.Format.Kind.HOSTNAME, text.substring(at + 1));
      }
      case URI -> text.matches("[A-Za-z][A-Za-z0-9+.-]*:.+") && uri(text);
      case HOSTNAME ->
          text.length() <= 253
              && Arrays.stream(text.split("\\.", -1))
                  .allMatch(label -> label.matches("(?!-)[A-Za-z0-9-]{1,63}(?<!-)"));
      case IPV4 -> text.matches("(" + BYTE + "\\.){3}" + BYTE); // no octal, so no leading zero
      case IPV6 -> text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*") && ipv6(text);
    };
  }

  private static boolean uri(String text) {
    try {
      URI.create(text);
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** A text with a colon is never looked up. */
  private static boolean ipv6(String text) {
    try {
      InetAddress.getByName(text);
      return true;
    } catch (UnknownHostException none) {
      return false;
    }
  }

  private static BigDecimal number(JsonNode value) {
    return value.decimalValue();
  }

  private static int length(JsonNode value) {
    String text = value.asText();
    return text.codePointCount(0, text.length());
  }
}
