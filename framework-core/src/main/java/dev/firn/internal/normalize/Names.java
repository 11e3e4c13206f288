package dev.firn.internal.normalize;

import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.source.NamingRules.Style;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes column and table names from source keys. Every rule is idempotent. */
public final class Names {
  /** Stands between the parts of a path. */
  public static final String SEPARATOR = "__";

  /** The name of a blank key. */
  public static final String EMPTY = "_empty";

  private static final int HASH_LENGTH = 10;

  // Iceberg spec, "Reserved Field IDs", and the columns of its changelog views.
  private static final Set<String> ICEBERG_NAMES =
      Set.of(
          "_file",
          "_pos",
          "_deleted",
          "_spec_id",
          "_partition",
          "_row_id",
          "_last_updated_sequence_number",
          "_change_type",
          "_change_ordinal",
          "_commit_snapshot_id");

  private final Style style;
  private final int longest;

  /**
   * The naming of one style.
   *
   * @param longest characters that the catalog takes in one name; at least 20
   */
  public Names(Style style, int longest) {
    this.style = style;
    this.longest = Math.max(longest, 2 * HASH_LENGTH);
  }

  /** The name of one key. Holds no {@link #SEPARATOR}, unless names are kept as they are. */
  public String key(String key) {
    if (key.isBlank()) {
      return EMPTY;
    }
    return switch (style) {
      case SNAKE_CASE -> SnakeCase.ascii(key);
      case UNICODE -> SnakeCase.unicode(key);
      case DIRECT -> key;
    };
  }

  /** A column's name from its source path: keys normalised and joined, free and short enough. */
  public String column(List<String> path) {
    return column(joined(path));
  }

  /** A column's name from keys that are normalised and joined already. */
  public String column(String joined) {
    return shortened(unreserved(joined));
  }

  /** The table of a list below a parent's rows; a long name is shortened like a column's. */
  TableName child(TableName parent, List<String> path) {
    TableName child = parent.child(joined(path));
    return new TableName(child.namespace(), shortened(child.name()));
  }

  /** Keys normalised and joined, whatever the length. */
  public String joined(List<String> path) {
    List<String> parts = new ArrayList<>(path.size());
    for (String key : path) {
      parts.add(key(key));
    }
    return String.join(SEPARATOR, parts);
  }

  /** The name below a parent's: {@code parent__name}; the name itself below the root. */
  public static String join(String parent, String name) {
    return parent.isEmpty() ? name : parent + SEPARATOR + name;
  }

  /** Normalises a name that is a path already, {@code a__b}, part by part. */
  public String written(String path) {
    if (style == Style.DIRECT) {
      return path;
    }
    List<String> parts = new ArrayList<>();
    for (String part : path.split(SEPARATOR, -1)) {
      if (!part.isBlank()) {
        parts.add(key(part));
      }
    }
    return parts.isEmpty() ? EMPTY : String.join(SEPARATOR, parts);
  }

  /** The name with a hash of its source path, for paths that meet in one name. */
  public String distinct(String name, String sourcePath) {
    String hash = hash(sourcePath);
    return head(name, longest - hash.length() - 1) + "_" + hash;
  }

  /** A name that no system column and no metadata column of Iceberg has. */
  static String unreserved(String name) {
    String free = name;
    while (SystemColumns.reserved(free) || ICEBERG_NAMES.contains(free.toLowerCase(Locale.ROOT))) {
      free += "x";
    }
    return free;
  }

  /** The name within the limit: a long one loses its tail to a hash of the whole. */
  public String shortened(String name) {
    return name.length() <= longest ? name : distinct(name, name);
  }

  private static String head(String name, int length) {
    int end = Math.min(length, name.length());
    if (end > 0 && end < name.length() && Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    while (end > 0 && name.charAt(end - 1) == '_') {
      end--;
    }
    return name.substring(0, end);
  }

  /** 50 bits of SHA-256 in lower-case base 32: two of a million names meet once in 2,000 tables. */
  private static String hash(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = (bits << 8) | (digest[i] & 0xFF);
    }
    StringBuilder hash = new StringBuilder(HASH_LENGTH);
    for (int i = 0; i < HASH_LENGTH; i++) {
      hash.append(Character.forDigit((int) (bits >>> (5 * i)) & 31, 32));
    }
    return hash.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
