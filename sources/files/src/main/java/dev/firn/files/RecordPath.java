package dev.firn.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way from a JSON document to its records: {@code $.data[*]}. A list at the end stands for its
 * elements.
 *
 * @param steps a key each, or empty for all elements of a list
 */
record RecordPath(List<Optional<String>> steps) {
  /** The document itself. */
  static final RecordPath ROOT = new RecordPath(List.of());

  private static final Pattern STEP =
      Pattern.compile("\\[\\*]|\\.?\\['([^']+)'\\]|\\.([^.\\[\\]*]+)");

  private static final Pattern KEY = Pattern.compile("[^.\\[\\]*']+");

  RecordPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads {@code $}, {@code .key}, {@code ['key']} and {@code [*]}; the {@code $} may be left out.
   */
  static RecordPath parse(String text, Problems problems) {
    String rest = text.startsWith("$") ? text.substring(1) : "." + text;
    List<Optional<String>> steps = new ArrayList<>();
    Matcher step = STEP.matcher(rest);
    int end = 0;
    while (end < rest.length() && step.find(end) && step.start() == end) {
      Optional<String> quoted = Optional.ofNullable(step.group(1));
      steps.add(quoted.isPresent() ? quoted : Optional.ofNullable(step.group(2)));
      end = step.end();
    }
    if (end < rest.length()) {
      problems.add("path is '" + text + "'; a path such as $.data[*] is expected");
      return ROOT;
    }
    return new RecordPath(steps);
  }

  boolean root() {
    return steps.isEmpty();
  }

  /** As it is written. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("$");
    for (Optional<String> step : steps) {
      text.append(
          step.map(key -> KEY.matcher(key).matches() ? "." + key : "['" + key + "']")
              .orElse("[*]"));
    }
    return text.toString();
  }
}
