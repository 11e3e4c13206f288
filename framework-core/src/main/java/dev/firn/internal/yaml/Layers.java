package dev.firn.internal.yaml;

import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Lays settings over settings: maps are merged, everything else is replaced. */
final class Layers {
  static final String PREFIX = "FIRN__";
  private static final Pattern SEPARATOR = Pattern.compile("__");

  private final Problems problems;
  private final Undeclared undeclared = new Undeclared();
  private Section settings = Section.empty(Origin.DEFAULT);

  Layers(Problems problems) {
    this.problems = problems;
  }

  Section settings() {
    return settings;
  }

  /** What was assigned although nothing below declares it. */
  Undeclared undeclared() {
    return undeclared;
  }

  void lay(Section later) {
    settings = merge(settings, later);
  }

  private void assign(List<String> path, ConfigNode value) {
    undeclared.note(settings, path, value.origin());
    lay(nested(path, value));
  }

  /** Adds variables such as {@code FIRN__CATALOGS__LAKE__URI}; others are not looked at. */
  void layEnvironment(Map<String, String> variables, String layer) {
    Map<List<String>, String> named = new LinkedHashMap<>();
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              if (name.toUpperCase(Locale.ROOT).startsWith(PREFIX)) {
                layVariable(name, value, Origin.of(layer + " " + name), named);
              }
            });
  }

  private void layVariable(
      String name, String value, Origin origin, Map<List<String>, String> named) {
    List<String> path = path(name, origin);
    if (path.isEmpty()) {
      return;
    }
    String other = named.putIfAbsent(path, name);
    if (other != null) {
      problems.add(origin, "It and " + other + " name the same setting.", "Remove one.");
      return;
    }
    assign(path, YamlText.value(origin, value, problems));
  }

  /** Adds {@code catalogs.lake.uri=value}, as after {@code --set}. */
  void layAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    String key = equals < 0 ? assignment : assignment.substring(0, equals);
    Origin origin = Origin.of("--set " + key);
    List<String> path = List.of(key.split("\\.", -1));
    if (equals < 0 || path.stream().anyMatch(String::isBlank)) {
      problems.add(origin, "Expected key=value.", "Write for example: --set limits.threads=2");
      return;
    }
    assign(path, YamlText.value(origin, assignment.substring(equals + 1), problems));
  }

  private static Section nested(List<String> path, ConfigNode value) {
    ConfigNode node = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      node = Section.of(path.get(i), node);
    }
    return (Section) node;
  }

  /** The keys that a variable's name means, as they are spelt in the layers below. */
  private List<String> path(String name, Origin origin) {
    List<String> path = new ArrayList<>();
    ConfigNode at = settings;
    for (String part : SEPARATOR.split(name.substring(PREFIX.length()), -1)) {
      List<String> same = spellings(at, part);
      if (part.isEmpty() || same.size() > 1) {
        problems.add(
            origin,
            part.isEmpty() ? "A part of the name is empty." : "It may mean any of " + same + ".",
            "Use --set, which is exact.");
        return List.of();
      }
      String key = same.isEmpty() ? known(part) : same.get(0);
      path.add(key);
      at = at instanceof Section section ? section.value(key).orElse(section) : at;
    }
    return path;
  }

  private static List<String> spellings(ConfigNode node, String part) {
    return node instanceof Section section
        ? section.entries().keySet().stream().filter(key -> plain(key).equals(plain(part))).toList()
        : List.of();
  }

  private static String known(String part) {
    String word = plain(part);
    return SpecKeys.ALL.contains(word) ? word : part.toLowerCase(Locale.ROOT);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Section merge(Section below, Section above) {
    Map<String, Entry> entries = new LinkedHashMap<>(below.entries());
    above.entries().forEach((key, entry) -> entries.merge(key, entry, Layers::merge));
    return new Section(entries, above.origin());
  }

  private static Entry merge(Entry below, Entry above) {
    boolean maps = below.value() instanceof Section && above.value() instanceof Section;
    return maps
        ? new Entry(above.key(), merge((Section) below.value(), (Section) above.value()))
        : above;
  }
}
