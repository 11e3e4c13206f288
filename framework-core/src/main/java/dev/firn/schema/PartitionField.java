package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field of a table's partitioning.
 *
 * @param width number of buckets or width of truncation; empty for the others
 */
public record PartitionField(String column, Transform transform, OptionalInt width) {
  /** How a value becomes a partition value. */
  public enum Transform {
    IDENTITY,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    BUCKET,
    TRUNCATE
  }

  private static final Pattern CALL =
      Pattern.compile("(\\w+)\\s*\\(\\s*(?:(\\d+)\\s*,\\s*)?([^,()]+?)\\s*\\)");

  /** Reads {@code region}, {@code day(created_at)} or {@code bucket(16, id)}. */
  public static PartitionField parse(String text) {
    Matcher call = CALL.matcher(text.strip());
    if (!call.matches()) {
      return new PartitionField(text.strip(), Transform.IDENTITY, OptionalInt.empty());
    }
    Transform transform = transform(call.group(1), text);
    boolean wide = transform == Transform.BUCKET || transform == Transform.TRUNCATE;
    if (wide != (call.group(2) != null)) {
      throw invalid(text);
    }
    OptionalInt width =
        wide ? OptionalInt.of(Integer.parseInt(call.group(2))) : OptionalInt.empty();
    return new PartitionField(call.group(3), transform, width);
  }

  private static Transform transform(String word, String text) {
    for (Transform each : Transform.values()) {
      if (each.name().equals(word.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    throw invalid(text);
  }

  private static FirnException invalid(String text) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "'" + text + "' is no partition field.",
        "Write a column, or one of year, month, day, hour(column), bucket(n, column), truncate(n, column).");
  }

  /** Whether the transform takes times. */
  public boolean ofTime() {
    return switch (transform) {
      case YEAR, MONTH, DAY, HOUR -> true;
      case IDENTITY, BUCKET, TRUNCATE -> false;
    };
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    if (transform == Transform.IDENTITY) {
      return column;
    }
    String size = width.isPresent() ? width.getAsInt() + ", " : "";
    return transform.name().toLowerCase(Locale.ROOT) + "(" + size + column + ")";
  }
}
