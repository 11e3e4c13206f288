package dev.firn.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Generates JSON records that clash: each list of records draws its scalars from a few kinds, so
 * that columns mix some of them, and its keys from a few names, so that scalars, objects and lists
 * meet in one place.
 */
public final class Records {
  private static final List<List<String>> SCALARS =
      List.of(
          List.of("true", "false"),
          List.of(
              "0", "7", "-3", "9007199254740993", "9223372036854775807", "-9223372036854775808"),
          List.of("9223372036854775808", "-123456789012345678901234567890", "18446744073709551616"),
          List.of("123456789012345678901234567890123456789", "-" + "9".repeat(60)),
          List.of("1.5", "3.0", "-0.25", "1.50", "1e3", "0.1", "123456789.123456789123", "-0.0"),
          List.of("1e400", "-1E+999"),
          List.of("\"12\"", "\"-7\"", "\"0\"", "\"900719925474099312\""),
          List.of("\"1.5\"", "\"-0.125\"", "\"3.0\""),
          List.of("\"true\"", "\"false\""),
          List.of(
              "\"2024-10-15T10:30:00Z\"",
              "\"2024-10-15 10:30:00.123456789+0200\"",
              "\"1969-12-31T23:59:59.999999-11:30\"",
              "\"2024-02-29T00:00\""),
          List.of("\"2024-10-15\"", "\"2023-02-29T00:00:00Z\"", "\"10:30\"", "\"007\"", "\"+1\""),
          List.of("\"\"", "\"x\"", "\"\\u00e9\\ud83d\\ude00\"", "\"a\\\"b\\\\c\\n\"", "\"NaN\""),
          List.of("null"));

  private static final List<String> KEYS =
      List.of("a", "b", "c", "d", "camelCase", "x y", "list", "value", "", "1st", "k.v", "+1");

  private Records() {}

  /**
   * Up to twenty objects of up to three levels, and now and then a record that is a list or a
   * scalar.
   */
  public static Arbitrary<List<String>> json() {
    Arbitrary<List<List<String>>> palette =
        Arbitraries.of(SCALARS).list().ofMinSize(1).ofMaxSize(3);
    return palette.flatMap(
        kinds -> Arbitraries.randomValue(random -> record(kinds, random)).list().ofMaxSize(20));
  }

  /**
   * Objects with an {@code id} from 0 on that is in none twice, and anything below it.
   *
   * @param most records
   */
  public static Arbitrary<List<String>> keyed(int most) {
    return json()
        .map(
            records -> {
              List<String> keyed = new ArrayList<>();
              for (String record : records.subList(0, Math.min(most, records.size()))) {
                keyed.add("{\"id\":%d,\"doc\":{\"d\":%s}}".formatted(keyed.size(), record));
              }
              return keyed;
            });
  }

  private static String record(List<List<String>> kinds, Random random) {
    return random.nextInt(25) == 0 ? value(kinds, 2, random) : object(kinds, 3, random);
  }

  private static String value(List<List<String>> kinds, int depth, Random random) {
    int choice = depth == 0 ? 9 : random.nextInt(10);
    if (choice == 0) {
      return object(kinds, depth - 1, random);
    } else if (choice < 3) {
      return list(kinds, depth - 1, random);
    }
    List<String> kind = kinds.get(random.nextInt(kinds.size()));
    return random.nextInt(12) == 0 ? "null" : kind.get(random.nextInt(kind.size()));
  }

  private static String object(List<List<String>> kinds, int depth, Random random) {
    Set<String> keys = new LinkedHashSet<>();
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      keys.add(KEYS.get(random.nextInt(random.nextInt(8) == 0 ? KEYS.size() : 4)));
    }
    List<String> fields = new ArrayList<>();
    for (String key : keys) {
      fields.add("\"" + key + "\":" + value(kinds, depth, random));
    }
    return "{" + String.join(",", fields) + "}";
  }

  private static String list(List<List<String>> kinds, int depth, Random random) {
    List<String> elements = new ArrayList<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      elements.add(value(kinds, depth, random));
    }
    return "[" + String.join(",", elements) + "]";
  }
}
