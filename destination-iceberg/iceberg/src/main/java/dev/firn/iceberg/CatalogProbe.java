package dev.firn.iceberg;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that a catalog's server can be asked for alone, before the catalog is opened, such as a
 * token.
 *
 * @param name one or two words
 * @param sends what is sent where, without secrets; may be empty
 * @param ask gives what was found; throws what went wrong
 * @param pointless why there is nothing to ask with these settings
 */
public record CatalogProbe(
    String name, String sends, Supplier<String> ask, Optional<String> pointless) {
  /** A question. */
  public static CatalogProbe of(String name, String sends, Supplier<String> ask) {
    return new CatalogProbe(name, sends, ask, Optional.empty());
  }

  /** No question, and why. */
  public static CatalogProbe none(String name, String why) {
    return new CatalogProbe(name, "", () -> why, Optional.of(why));
  }
}
