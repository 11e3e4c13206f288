package dev.firn.iceberg;

import java.util.Collection;
import java.util.Optional;

/**
 * A store of short texts under names: all that a {@link PointerCatalog} is made of. Many threads
 * and processes use it at once.
 */
public interface PointerStore {
  /** The text under a name; empty when there is none. */
  Optional<String> read(String name);

  /**
   * Puts another text under a name, in one step, if what is there is still what was seen. Throws
   * where it cannot tell whether it was done, as when the connection broke.
   *
   * @param seen empty: there must be none
   * @param next empty: the name is removed
   * @return whether it was done; false: something else is there
   */
  boolean swap(String name, Optional<String> seen, Optional<String> next);

  /** All names that begin with a prefix, in any order. */
  Collection<String> names(String prefix);
}
