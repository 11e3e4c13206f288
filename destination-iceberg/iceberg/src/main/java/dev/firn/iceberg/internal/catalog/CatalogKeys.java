package dev.firn.iceberg.internal.catalog;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Spelling;
import dev.firn.iceberg.CatalogConfig;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a catalog's section. What is none of them belongs below {@code properties}. */
public final class CatalogKeys {
  private static final Set<String> OF_ALL =
      Set.of("type", "class", "namespace-separator", "properties");

  private CatalogKeys() {}

  /**
   * Checks the keys of a catalog. Keys that begin with {@code header.} are those of HTTP headers.
   *
   * @throws FirnException {@code INVALID_CONFIG} naming a key that does not exist, and the one that
   *     it may have meant
   */
  public static void check(CatalogConfig config, Set<String> known) {
    Set<String> all = new TreeSet<>(known);
    all.addAll(OF_ALL);
    check(config, "", all);
  }

  /** As the other one, for a section of a catalog's settings. */
  public static void checkSection(CatalogConfig section, String name, Set<String> known) {
    Set<String> all = new TreeSet<>(known);
    all.add("type");
    check(section, name + ".", all);
  }

  private static void check(CatalogConfig config, String prefix, Set<String> known) {
    for (Iterator<String> keys = config.settings().fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key) && !key.startsWith("header.")) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "Catalog '%s' has no key '%s%s'.".formatted(config.name(), prefix, key),
            Spelling.hint(key, known)
                + " What goes straight to Iceberg stands below 'properties'.");
      }
    }
  }
}
