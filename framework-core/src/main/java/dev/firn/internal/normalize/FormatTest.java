package dev.firn.internal.normalize;

import dev.firn.contract.Rule.Format.Kind;
import dev.firn.schema.DataType.Simple;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** A text that is written as its kind is. No pattern here can go back and forth without end. */
final class FormatTest implements ValueTest {
  private static final int LONGEST_HOST = 253;
  private static final int NO_GROUPS = -9;
  private static final Pattern LABELS =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*+");
  private static final int LONGEST_LOCAL = 64;

  /** RFC 5322, "dot-atom". */
  private static final Pattern LOCAL =
      Pattern.compile("[^\\s@\"<>()\\[\\],;:\\\\.]++(\\.[^\\s@\"<>()\\[\\],;:\\\\.]++)*+");

  private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

  private final Kind kind;
  private final StoredText text = new StoredText();

  FormatTest(Kind kind) {
    this.kind = kind;
  }

  @Override
  public boolean holds(ColumnBuffer column, int row) {
    if (column.type() != Simple.STRING) {
      return true;
    }
    column.read(row, text);
    return holds(text.text());
  }

  boolean holds(String value) {
    try {
      return switch (kind) {
        case EMAIL -> email(value);
        case URI -> new URI(value).isAbsolute();
        case HOSTNAME -> host(value);
        case IPV4 -> ipv4(value);
        case IPV6 -> ipv6(value);
      };
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean email(String value) {
    int at = value.lastIndexOf('@');
    return at > 0
        && at <= LONGEST_LOCAL
        && LOCAL.matcher(value.substring(0, at)).matches()
        && host(value.substring(at + 1));
  }

  private static boolean host(String value) {
    return value.length() <= LONGEST_HOST && LABELS.matcher(value).matches();
  }

  private static boolean ipv4(String value) {
    String[] parts = value.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (!BYTE.matcher(part).matches() || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean ipv6(String value) {
    int gap = value.indexOf("::");
    if (gap < 0) {
      return groups(value) == 8;
    }
    String before = value.substring(0, gap);
    String after = value.substring(gap + 2);
    int left = before.isEmpty() ? 0 : groups(before);
    int right = after.isEmpty() ? 0 : groups(after);
    return left >= 0 && right >= 0 && left + right < 8;
  }

  /** Groups of 16 bits, the last two perhaps as an IPv4 address; negative: these are none. */
  private static int groups(String text) {
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && ipv4(parts[i])) {
        count += 2;
      } else if (GROUP.matcher(parts[i]).matches()) {
        count++;
      } else {
        return NO_GROUPS;
      }
    }
    return count;
  }
}
