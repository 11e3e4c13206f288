package dev.firn.files.internal.parse;

import dev.firn.source.RecordLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the records of JSON documents: the values at the end of a path, the elements where such a
 * value is a list. Looks just at brackets and quotes of a record; its grammar is the parser's
 * matter. What lies between records is checked here.
 */
public final class JsonDocument implements Cutter {
  /** The step of values that are passed over. */
  private static final int NONE = -1;

  private enum Expect {
    VALUE,
    FIRST_VALUE,
    FIRST_KEY,
    KEY,
    NEXT
  }

  private final List<Optional<String>> path;
  private final RecordLimits limits;
  private final Faults faults;

  /** For each open level, the step that its children take; its last entry is the record's list. */
  private final int[] steps;

  private final boolean[] objects;
  private int depth;
  private int step;
  private Expect expect = Expect.VALUE;
  private int[] ranges = new int[64];
  private int count;

  /**
   * @param path a key each, or empty for all elements of a list
   */
  public JsonDocument(List<Optional<String>> path, RecordLimits limits, Faults faults) {
    this.path = path;
    this.limits = limits;
    this.faults = faults;
    this.steps = new int[path.size() + 1];
    this.objects = new boolean[path.size() + 1];
  }

  @Override
  public Cut cut(byte[] b, int to, boolean last, Origin origin) {
    count = 0;
    int used = 0;
    try {
      for (int next = 0; next >= 0; next = advance(b, used, to, last)) {
        used = next;
      }
      if (last) {
        used = to;
      }
    } catch (Malformed e) {
      // records before the fault come first; then the same fault is found again
      if (count == 0) {
        throw new Chunk(b, 0, to, origin).failure(e);
      }
    }
    return new Cut(
        used,
        count == 0
            ? Optional.empty()
            : Optional.of(new JsonRecords(limits, faults, Arrays.copyOf(ranges, count))));
  }

  @Override
  public long records(byte[] bytes, int used) {
    return count / 2;
  }

  /** Takes one step; returns the index after it, or -1 if there is not enough to see. */
  private int advance(byte[] b, int from, int to, boolean last) {
    int i = blanks(b, from, to);
    if (i == to) {
      if (last && (depth > 0 || expect == Expect.KEY)) {
        throw Malformed.expected(i, depth > 0 && objects[depth - 1] ? "'}'" : "']'");
      }
      return -1;
    }
    return switch (expect) {
      case VALUE -> value(b, i, to, last);
      case FIRST_VALUE -> b[i] == ']' ? close(i) : value(b, i, to, last);
      case FIRST_KEY -> b[i] == '}' ? close(i) : key(b, i, to, last);
      case KEY -> key(b, i, to, last);
      case NEXT -> next(b, i, to, last);
    };
  }

  private int next(byte[] b, int i, int to, boolean last) {
    if (depth == 0) {
      step = 0;
      return value(b, i, to, last);
    }
    boolean object = objects[depth - 1];
    if (b[i] == (object ? '}' : ']')) {
      return close(i);
    }
    if (b[i] != ',') {
      throw Malformed.expected(i, object ? "',' or '}'" : "',' or ']'");
    }
    expect = object ? Expect.KEY : Expect.VALUE;
    step = steps[depth - 1];
    return i + 1;
  }

  private int close(int i) {
    depth--;
    expect = Expect.NEXT;
    return i + 1;
  }

  private int key(byte[] b, int i, int to, boolean last) {
    if (b[i] != '"') {
      throw Malformed.expected(i, "a key in double quotes");
    }
    int end = Structure.stringEnd(b, i, to);
    int colon = end < 0 ? to : blanks(b, end, to);
    if (colon == to) {
      return incomplete(to, last, "a key and ':'");
    }
    if (b[colon] != ':') {
      throw Malformed.expected(colon, "':' after a key");
    }
    int taken = steps[depth - 1];
    String name = new String(b, i + 1, end - i - 2, StandardCharsets.UTF_8);
    step = path.get(taken - 1).equals(Optional.of(name)) ? taken : NONE;
    expect = Expect.VALUE;
    return colon + 1;
  }

  private static int incomplete(int to, boolean last, String what) {
    if (last) {
      throw Malformed.expected(to, what);
    }
    return -1;
  }

  private int value(byte[] b, int i, int to, boolean last) {
    if (step >= 0 && step < path.size() && b[i] != 'n') {
      boolean object = path.get(step).isPresent();
      if (b[i] != (object ? '{' : '[')) {
        throw Malformed.expected(
            i, object ? "an object with the key '" + path.get(step).get() + "'" : "a list");
      }
      return open(i, object, step + 1);
    }
    boolean ofPath = step == path.size();
    if (ofPath && b[i] == '[' && !endsInElements()) {
      return open(i, false, step + 1);
    }
    int end = Structure.valueEnd(b, i, to, last);
    if (end < 0) {
      return -1;
    }
    if (step >= path.size()) {
      record(i, end);
    }
    expect = Expect.NEXT;
    return end;
  }

  private boolean endsInElements() {
    return !path.isEmpty() && path.get(path.size() - 1).isEmpty();
  }

  private int open(int i, boolean object, int childStep) {
    objects[depth] = object;
    steps[depth] = childStep;
    depth++;
    step = childStep;
    expect = object ? Expect.FIRST_KEY : Expect.FIRST_VALUE;
    return i + 1;
  }

  private void record(int from, int end) {
    if (count == ranges.length) {
      ranges = Arrays.copyOf(ranges, 2 * count);
    }
    ranges[count++] = from;
    ranges[count++] = end;
  }

  private static int blanks(byte[] b, int i, int to) {
    while (i < to && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
      i++;
    }
    return i;
  }
}
