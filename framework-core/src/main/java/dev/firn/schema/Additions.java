package dev.firn.schema;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which columns a load may add to a table that is there. A contract that lets none in has judged
 * the rows by the columns of that moment: one that another writer has dropped since does not come
 * back with them.
 *
 * @param names by name; empty: whichever rows bring
 */
public record Additions(Optional<Set<String>> names) {
  /** Whichever rows bring. */
  public static final Additions ANY = new Additions(Optional.empty());

  public Additions {
    names = names.map(Set::copyOf);
  }

  /** These and no others. */
  public static Additions only(Set<String> names) {
    return new Additions(Optional.of(names));
  }

  /** These, and more. */
  public Additions and(Set<String> more) {
    return new Additions(
        names.map(all -> Stream.concat(all.stream(), more.stream()).collect(Collectors.toSet())));
  }

  boolean allow(String column) {
    return names.map(all -> all.contains(column)).orElse(true);
  }
}
