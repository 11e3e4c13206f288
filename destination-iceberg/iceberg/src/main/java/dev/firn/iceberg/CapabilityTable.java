package dev.firn.iceberg;

import static java.util.stream.Collectors.joining;

import dev.firn.destination.Capability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the installed catalogs can do, as a Markdown table for the documentation. */
public final class CapabilityTable {
  private static final List<String> HEAD =
      List.of(
          "`type`",
          "several tables in one commit",
          "branches",
          "format version 3",
          "locks",
          "nested namespaces",
          "upper case in names",
          "not in names");

  private CapabilityTable() {}

  /** One line for each provider, ordered by type; each line ends with a line feed. */
  public static String markdown(Collection<? extends CatalogProvider> providers) {
    Stream<List<String>> rows =
        providers.stream()
            .sorted(Comparator.comparing(CatalogProvider::type))
            .map(CapabilityTable::cells);
    return Stream.concat(Stream.of(HEAD, HEAD.stream().map(cell -> "---").toList()), rows)
        .map(CapabilityTable::line)
        .collect(joining());
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(joining(" | ", "| ", " |\n"));
  }

  private static List<String> cells(CatalogProvider provider) {
    List<String> cells = new ArrayList<>();
    cells.add("`" + provider.type() + "`");
    cells.addAll(cells(provider.capabilities()));
    return cells;
  }

  /** What one kind of catalog can do, by the heads of the table, in their order. */
  public static Map<String, String> of(CatalogCapabilities can) {
    Map<String, String> cells = new LinkedHashMap<>();
    Iterator<String> values = cells(can).iterator();
    HEAD.stream().skip(1).forEach(head -> cells.put(head, values.next()));
    return cells;
  }

  private static List<String> cells(CatalogCapabilities can) {
    return List.of(
        word(can.support(Capability.MULTI_TABLE_COMMIT)),
        word(can.support(Capability.BRANCHES)),
        version3(can),
        word(can.locks()),
        word(can.support(Capability.NESTED_NAMESPACES)),
        word(can.letterCase()),
        can.reserved().chars().mapToObj(CapabilityTable::code).collect(joining(" ")));
  }

  private static String version3(CatalogCapabilities can) {
    String refused =
        can.refusedTypes().stream()
            .map(type -> type.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(joining(", "));
    return word(can.support(Capability.FORMAT_V3)) + (refused.isEmpty() ? "" : ", no " + refused);
  }

  // A backtick is code only between two of them.
  private static String code(int letter) {
    return letter == '`' ? "`` ` ``" : "`" + Character.toString(letter) + "`";
  }

  private static String word(CatalogCapabilities.Support support) {
    return switch (support) {
      case YES -> "yes";
      case NO -> "no";
      case BY_SERVER -> "if the server can";
    };
  }

  private static String word(CatalogCapabilities.Locks locks) {
    return switch (locks) {
      case NONE -> "none: compare and swap";
      case PER_COMMIT -> "one for each commit";
      case BY_SERVER -> "as the server does";
    };
  }

  private static String word(CatalogCapabilities.LetterCase letters) {
    return switch (letters) {
      case KEPT -> "kept";
      case LOWERED -> "made lower case";
      case BY_SERVER -> "as the server does";
    };
  }
}
