package dev.firn.internal.normalize;

import dev.firn.contract.Rule;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One rule, made ready to judge stored values; belongs to one worker. */
interface ValueTest {
  /** Whether the value of a row, which is not null, keeps the rule. */
  boolean holds(ColumnBuffer column, int row);

  static ValueTest of(Rule rule) {
    if (rule instanceof Rule.AtLeast least) {
      return new Bound(least.bound(), least.excluded(), 1);
    } else if (rule instanceof Rule.AtMost most) {
      return new Bound(most.bound(), most.excluded(), -1);
    } else if (rule instanceof Rule.MinLength shortest) {
      return new Length(shortest.length(), Integer.MAX_VALUE);
    } else if (rule instanceof Rule.MaxLength longest) {
      return new Length(0, longest.length());
    } else if (rule instanceof Rule.Matches regular) {
      return new Search(Pattern.compile(regular.pattern()));
    } else if (rule instanceof Rule.Format format) {
      return new FormatTest(format.kind());
    } else if (rule instanceof Rule.OneOf choice) {
      return new Choice(choice);
    }
    return (column, row) -> true; // required: a value is there; unique: known at the end
  }

  /** A number on one side of a bound. Other types have no order that a bound could mean. */
  final class Bound implements ValueTest {
    private final BigDecimal bound;
    private final double nearest;

    /** How the nearest double itself stands to the bound: often the value of most rows. */
    private final int nearestOrder;

    private final boolean excluded;
    private final int side;
    private final long whole;
    private final boolean fitsLong;

    /**
     * @param side 1: values lie above; -1: below
     */
    Bound(BigDecimal bound, boolean excluded, int side) {
      this.bound = bound;
      this.nearest = bound.doubleValue();
      this.nearestOrder =
          Double.isInfinite(nearest) ? 0 : BigDecimal.valueOf(nearest).compareTo(bound);
      this.excluded = excluded;
      this.side = side;
      this.fitsLong =
          bound.stripTrailingZeros().scale() <= 0
              && new BigDecimal(bound.longValue()).compareTo(bound) == 0;
      this.whole = bound.longValue();
    }

    @Override
    public boolean holds(ColumnBuffer column, int row) {
      DataType type = column.type();
      if (type == Simple.LONG) {
        return holds(column.longAt(row));
      } else if (type == Simple.INT32) {
        return holds((long) column.intAt(row));
      } else if (type == Simple.DOUBLE) {
        return holds(Double.longBitsToDouble(column.longAt(row)));
      } else if (type == Simple.FLOAT) {
        return holds((double) Float.intBitsToFloat(column.intAt(row)));
      } else if (type instanceof DataType.Decimal decimal) {
        return holds(column.decimalAt(row, decimal.scale()).compareTo(bound));
      }
      return true;
    }

    private boolean holds(long value) {
      return holds(
          fitsLong ? Long.compare(value, whole) : BigDecimal.valueOf(value).compareTo(bound));
    }

    private boolean holds(double value) {
      if (Double.isNaN(value)) {
        return false;
      }
      return holds(value == nearest ? nearestOrder : Double.compare(value, nearest));
    }

    private boolean holds(int order) {
      return order == 0 ? !excluded : order > 0 == side > 0;
    }
  }

  /** A text of so many characters. */
  final class Length implements ValueTest {
    private final StoredText text = new StoredText();
    private final int least;
    private final int most;

    Length(int least, int most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public boolean holds(ColumnBuffer column, int row) {
      if (column.type() != Simple.STRING) {
        return true;
      }
      column.read(row, text);
      int length = text.characters();
      return length >= least && length <= most;
    }
  }

  /** A text in which a regular expression is found; a search without end finds nothing. */
  final class Search implements ValueTest {
    private final StoredText text = new StoredText();
    private final Matcher matcher;

    Search(Pattern pattern) {
      this.matcher = pattern.matcher("");
    }

    @Override
    public boolean holds(ColumnBuffer column, int row) {
      if (column.type() != Simple.STRING) {
        return true;
      }
      column.read(row, text);
      try {
        return matcher.reset(text.searched()).find();
      } catch (StoredText.Endless | StackOverflowError tooDeep) {
        return false;
      }
    }
  }

  /** A text or a whole number among some. */
  final class Choice implements ValueTest {
    /** More than these are looked up, not compared one by one. */
    private static final int COMPARED = 16;

    private final StoredText text = new StoredText();
    private final Set<String> texts;
    private final byte[][] spellings;
    private final Set<Long> numbers = new HashSet<>();

    Choice(Rule.OneOf rule) {
      this.texts = new HashSet<>(rule.values());
      this.spellings =
          texts.stream()
              .limit(COMPARED + 1L)
              .map(value -> value.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
      for (String value : texts) {
        if (WHOLE.matcher(value).matches()) {
          numbers.add(Long.parseLong(value));
        }
      }
    }

    @Override
    public boolean holds(ColumnBuffer column, int row) {
      DataType type = column.type();
      if (type == Simple.LONG) {
        return numbers.contains(column.longAt(row));
      } else if (type == Simple.INT32) {
        return numbers.contains((long) column.intAt(row));
      } else if (type != Simple.STRING) {
        return true;
      }
      column.read(row, text);
      return spellings.length > COMPARED ? texts.contains(text.text()) : spelled();
    }

    private boolean spelled() {
      for (byte[] spelling : spellings) {
        if (text.is(spelling)) {
          return true;
        }
      }
      return false;
    }
  }

  /** What a whole number of 64 bits surely looks like. */
  Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
}
