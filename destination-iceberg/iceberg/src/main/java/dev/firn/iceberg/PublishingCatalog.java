package dev.firn.iceberg;

import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;

/** A catalog that can keep what a run loads apart until the whole run has succeeded. */
public interface PublishingCatalog extends Catalog {
  /**
   * Shows to everybody what has been loaded, where the catalog's settings ask for it. Repeating it
   * changes nothing.
   *
   * @return what was done, a sentence without its full stop; empty: there was nothing to do
   * @throws dev.firn.error.FirnException {@code COMMIT_CONFLICT} when others changed the same
   */
  Optional<String> publish();

  /**
   * Takes away what was made for loads when this catalog was opened, such as a branch; what was
   * there before stays. For those who only look whether all is well.
   */
  default void withdraw() {}
}
