package dev.firn.internal.yaml;

import dev.firn.error.Spelling;
import dev.firn.internal.yaml.ConfigNode.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds assignments of {@code --set} and {@code FIRN__...} to sources, resources, catalogs and
 * variables that nothing declares: a file would only add one more name, but here it is a slip.
 */
final class Undeclared {
  private static final Set<String> CONTAINERS =
      Set.of(SpecKeys.SOURCES, SpecKeys.CATALOGS, SpecKeys.VARS);

  private final List<Assigned> assigned = new ArrayList<>();

  /**
   * A part of an assignment's path that was new.
   *
   * @param name its path, the name itself last
   * @param whole whether all of the named thing was assigned at once
   */
  private record Assigned(List<String> name, boolean whole, Origin origin, Set<String> known) {
    String last() {
      return name.get(name.size() - 1);
    }

    boolean in(String container) {
      return name.size() == 2 && name.get(0).equals(container);
    }
  }

  /**
   * Remembers what an assignment names for the first time.
   *
   * @param below the layers under it
   */
  void note(Section below, List<String> path, Origin origin) {
    if (path.size() < 2 || !CONTAINERS.contains(path.get(0))) {
      return;
    }
    note(below, path, 2, origin);
    boolean inResource = path.get(0).equals(SpecKeys.SOURCES) && path.size() >= 4;
    if (inResource && path.get(2).equals(SpecKeys.RESOURCES)) {
      note(below, path, 4, origin);
    }
  }

  private void note(Section below, List<String> path, int depth, Origin origin) {
    List<String> name = List.copyOf(path.subList(0, depth));
    Set<String> known = names(below, name.subList(0, depth - 1));
    if (!known.contains(path.get(depth - 1))) {
      assigned.add(new Assigned(name, path.size() == depth, origin, known));
    }
  }

  private static Set<String> names(Section settings, List<String> path) {
    return section(settings, path)
        .map(found -> (Set<String>) new TreeSet<>(found.entries().keySet()))
        .orElse(Set.of());
  }

  private static Optional<Section> section(Section settings, List<String> path) {
    Optional<Section> at = Optional.of(settings);
    for (String key : path) {
      at = at.flatMap(section -> section.section(key));
    }
    return at;
  }

  /**
   * Notes a problem for each that did not become something complete either.
   *
   * @param merged all layers
   * @param usedVars the variables that templates ask for
   */
  void judge(Section merged, Set<String> usedVars, Problems problems) {
    for (Assigned each : assigned) {
      Set<String> known = new TreeSet<>(each.known());
      if (each.in(SpecKeys.VARS)) {
        known.addAll(usedVars);
      }
      if (!complete(each, merged, usedVars)) {
        problems.add(each.origin(), message(each), Spelling.hint(each.last(), known));
      }
    }
  }

  private static boolean complete(Assigned each, Section merged, Set<String> usedVars) {
    if (each.in(SpecKeys.VARS)) {
      return usedVars.contains(each.last());
    }
    if (each.in(SpecKeys.CATALOGS) && each.last().equals(SpecKeys.LOCAL_CATALOG)) {
      return true;
    }
    if (each.name().size() == 2) {
      return section(merged, each.name()).filter(Undeclared::typed).isPresent();
    }
    return each.whole() || ofJava(section(merged, each.name().subList(0, 2)));
  }

  private static boolean typed(Section section) {
    return section.value(SpecKeys.TYPE).isPresent() || section.value(SpecKeys.CLASS).isPresent();
  }

  /** The code of a Java source may know resources that no file names; it judges them itself. */
  private static boolean ofJava(Optional<Section> source) {
    return source
        .flatMap(section -> section.value(SpecKeys.TYPE))
        .filter(type -> type instanceof ConfigNode.Scalar word && word.text().equals(SpecKeys.JAVA))
        .isPresent();
  }

  private static String message(Assigned each) {
    if (each.in(SpecKeys.VARS)) {
      return "Nothing declares or uses the variable '" + each.last() + "'.";
    }
    if (each.name().size() == 2) {
      String kind = each.in(SpecKeys.SOURCES) ? "source" : "catalog";
      return "There is no " + kind + " '" + each.last() + "'.";
    }
    return "There is no resource '%s' in source '%s'.".formatted(each.last(), each.name().get(1));
  }
}
