package dev.firn.bench.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the large merge.
 *
 * @param rows of the table
 * @param modes how rows are deleted, in Firn's words
 * @param keys which rows the changes touch: uniform, recent
 * @param key the columns of the primary key
 * @param spark whether Spark merges beside Firn
 */
record MergeOptions(
    long rows, List<String> modes, List<String> keys, List<String> key, boolean spark, int rounds) {
  static final String USAGE =
      """
      Usage: benchmarks/merge [OPTIONS]

      Merges changes (100,000 new versions, 10,000 deletes, 50,000 inserts) into a table of
      customers, Firn's whole process and Spark's MERGE INTO statement alone in turn, each on its
      own table with the same rows; checks every result by value, and prints a Markdown report.

        --rows N        of the table: 100k, 10m (default), 40m
        --modes LIST    position-deletes,deletion-vectors,copy-on-write (default)
        --keys LIST     uniform,recent (default)
        --key LIST      the key's columns (default customer_id; email is a text,
                        customer_id,signup_date a key of two)
        --tools LIST    firn,spark (default) or firn
        --rounds N      how often each merges (default 5)

      FIRN is the command that starts Firn (default: the launcher at the project's root).
      """;
  private static final List<String> MODES =
      List.of("position-deletes", "deletion-vectors", "copy-on-write");
  private static final List<String> KEYS = List.of("uniform", "recent");

  static MergeOptions parse(List<String> args) {
    List<String> rest = new ArrayList<>(args);
    MergeOptions options =
        new MergeOptions(
            rows(take(rest, "--rows", List.of("10m")).get(0)),
            known("--modes", take(rest, "--modes", MODES), MODES),
            known("--keys", take(rest, "--keys", KEYS), KEYS),
            take(rest, "--key", List.of("customer_id")),
            known(
                    "--tools",
                    take(rest, "--tools", List.of("firn", "spark")),
                    List.of("firn", "spark"))
                .contains("spark"),
            Options.number(take(rest, "--rounds", List.of("5")).get(0)));
    if (!rest.isEmpty()) {
      throw new UsageException("Unknown: %s%n%n%s".formatted(String.join(" ", rest), USAGE));
    }
    return options;
  }

  private static List<String> take(List<String> rest, String option, List<String> otherwise) {
    return Options.list(rest, option, otherwise);
  }

  private static List<String> known(String option, List<String> words, List<String> known) {
    if (!known.containsAll(words)) {
      throw new UsageException("%s takes %s.".formatted(option, String.join(", ", known)));
    }
    return words;
  }

  private static long rows(String text) {
    if (!text.matches("[1-9]\\d{0,5}[km]")) {
      throw new UsageException(
          "--rows takes a number such as 100k or 10m, not '%s'.".formatted(text));
    }
    return Long.parseLong(text.substring(0, text.length() - 1))
        * (text.endsWith("k") ? 1_000 : 1_000_000);
  }
}
