package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type of a column. */
public sealed interface DataType {

  /**
   * The word for this type in YAML, reports and messages, such as {@code long} or {@code
   * decimal(38,0)}.
   */
  String word();

  /** A type without parameters. */
  enum Simple implements DataType {
    BOOLEAN,
    INT32,
    LONG,
    FLOAT,
    DOUBLE,
    /** Days since 1970-01-01. */
    DATE,
    /** Microseconds since midnight. */
    TIME,
    /** An instant: microseconds since the epoch, UTC. */
    TIMESTAMP,
    /** A local date and time: microseconds, without zone. */
    TIMESTAMP_NTZ,
    STRING,
    BINARY,
    UUID,
    /** JSON text; a variant where the table's format version has one. */
    JSON;

    @Override
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An exact number of up to 38 digits, {@code scale} of them behind the point. */
  record Decimal(int precision, int scale) implements DataType {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "decimal(" + precision + "," + scale + ") is no valid type.",
            "Use a precision of 1 to 38 and a scale of 0 to the precision.");
      }
    }

    @Override
    public String word() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /**
   * Reads a type word or one of its aliases ({@code bool}, {@code int}, {@code bigint}, {@code
   * text}, ...).
   */
  static Optional<DataType> parse(String word) {
    return TypeWords.parse(word);
  }
}

/** The spellings of type words. */
final class TypeWords {
  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\s*\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");

  private TypeWords() {}

  static Optional<DataType> parse(String word) {
    String plain = word.strip().toLowerCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(plain);
    if (decimal.matches()) {
      return Optional.of(
          new DataType.Decimal(
              Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2))));
    }
    return Optional.ofNullable(
        switch (plain) {
          case "boolean", "bool" -> DataType.Simple.BOOLEAN;
          case "int32" -> DataType.Simple.INT32;
          case "long", "int", "integer", "bigint" -> DataType.Simple.LONG;
          case "float" -> DataType.Simple.FLOAT;
          case "double" -> DataType.Simple.DOUBLE;
          case "decimal" -> new DataType.Decimal(38, 9);
          case "date" -> DataType.Simple.DATE;
          case "time" -> DataType.Simple.TIME;
          case "timestamp" -> DataType.Simple.TIMESTAMP;
          case "timestamp_ntz" -> DataType.Simple.TIMESTAMP_NTZ;
          case "string", "text" -> DataType.Simple.STRING;
          case "binary" -> DataType.Simple.BINARY;
          case "uuid" -> DataType.Simple.UUID;
          case "json" -> DataType.Simple.JSON;
          default -> null;
        });
  }
}
