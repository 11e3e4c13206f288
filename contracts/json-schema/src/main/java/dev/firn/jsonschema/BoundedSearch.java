package dev.firn.jsonschema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/** A regular expression that gives up when it goes back and forth without end: no match then. */
final class BoundedSearch implements RegularExpression {
  /** As many characters are looked at for each one of the text, and for a text at least. */
  private static final long MOST_LOOKS = 1_000;

  private static final long LEAST_BUDGET = 1_000_000;

  private final Pattern pattern;

  private BoundedSearch(Pattern pattern) {
    this.pattern = pattern;
  }

  static RegularExpression of(String regex) {
    return new BoundedSearch(Pattern.compile(regex));
  }

  @Override
  public boolean matches(String value) {
    try {
      return pattern.matcher(new Counted(value)).find();
    } catch (Endless | StackOverflowError tooDeep) {
      return false;
    }
  }

  private static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Endless() {
      super("endless", null, false, false);
    }
  }

  private static final class Counted implements CharSequence {
    private final String text;
    private long budget;

    Counted(String text) {
      this.text = text;
      this.budget = Math.max(LEAST_BUDGET, MOST_LOOKS * text.length());
    }

    @Override
    public char charAt(int index) {
      if (--budget < 0) {
        throw new Endless();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
