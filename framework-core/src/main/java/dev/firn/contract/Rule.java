package dev.firn.contract;

import java.math.BigDecimal;
import java.util.List;

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
