package dev.firn.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** What a contract asks of one value. Only {@link Required} says anything of a null. */
public sealed interface Rule {
  /** The key in YAML: {@code min}. */
  String word();

  /** The key with what is asked, for messages: {@code min 20}. */
  default String text() {
    return word();
  }

  /** There is a value. */
  record Required() implements Rule {
    @Override
    public String word() {
      return "required";
    }
  }

  /** A number is not below a bound, or above it where the bound is excluded. */
  record AtLeast(BigDecimal bound, boolean excluded) implements Rule {
    @Override
    public String word() {
      return excluded ? "exclusive-min" : "min";
    }

    @Override
    public String text() {
      return word() + " " + bound.toPlainString();
    }
  }

  /** A number is not above a bound, or below it where the bound is excluded. */
  record AtMost(BigDecimal bound, boolean excluded) implements Rule {
    @Override
    public String word() {
      return excluded ? "exclusive-max" : "max";
    }

    @Override
    public String text() {
      return word() + " " + bound.toPlainString();
    }
  }

  /** A text has no fewer characters (code points). */
  record MinLength(int length) implements Rule {
    @Override
    public String word() {
      return "min-length";
    }

    @Override
    public String text() {
      return word() + " " + length;
    }
  }

  /** A text has no more characters (code points). */
  record MaxLength(int length) implements Rule {
    @Override
    public String word() {
      return "max-length";
    }

    @Override
    public String text() {
      return word() + " " + length;
    }
  }

  /** A regular expression is found somewhere in a text; {@code ^} and {@code $} anchor it. */
  record Matches(String pattern) implements Rule {
    @Override
    public String word() {
      return "pattern";
    }

    @Override
    public String text() {
      return word() + " " + pattern;
    }
  }

  /** No other row has the same value; nulls are like no other. */
  record Unique(Scope scope) implements Rule {
    /** Among which rows. */
    public enum Scope {
      /** Those of the load. */
      LOAD,
      /** Those that the table has after the load. */
      TABLE;

      /** The word in YAML: {@code table}. */
      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /** Among the rows of the load. */
    public Unique() {
      this(Scope.LOAD);
    }

    @Override
    public String word() {
      return "unique";
    }

    @Override
    public String text() {
      return scope == Scope.LOAD ? word() : word() + " in the table";
    }
  }

  /** A text is written as a kind of text is; times and UUIDs are types, not formats. */
  record Format(Kind kind) implements Rule {
    /** What is known how to be written. */
    public enum Kind {
      EMAIL,
      URI,
      HOSTNAME,
      IPV4,
      IPV6;

      /** The word in YAML and in JSON Schema: {@code email}. */
      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    @Override
    public String word() {
      return "format";
    }

    @Override
    public String text() {
      return word() + " " + kind.word();
    }
  }

  /** A text or a whole number is one of these, as it is written. */
  record OneOf(List<String> values) implements Rule {
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public String word() {
      return "enum";
    }

    @Override
    public String text() {
      return word() + " " + values;
    }
  }
}
