package dev.firn.iceberg.internal.nessie;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.util.List;
import java.util.Optional;

/**
 * Where a load lands.
 *
 * @param ref the branch; empty: the server's default branch
 * @param create whether the branch is made when it is missing
 * @param base what it is made from and merged into; empty: the server's default branch
 * @param merge whether it is merged when a run has succeeded
 */
record BranchSettings(Optional<String> ref, boolean create, Optional<String> base, boolean merge) {
  /**
   * Reads {@code ref}, {@code branch}, {@code base} and {@code merge}.
   *
   * @throws FirnException {@code INVALID_CONFIG} when they contradict each other
   */
  static BranchSettings of(CatalogConfig config) {
    BranchSettings settings =
        new BranchSettings(
            config.value("ref"),
            chosen(config, "branch", "must-exist", "create-if-missing"),
            config.value("base"),
            chosen(config, "merge", "never", "on-success"));
    boolean needsRef = settings.create || settings.merge || settings.base.isPresent();
    if (needsRef && settings.ref.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': branch, base and merge are about a branch, but there is no ref."
              .formatted(config.name()),
          "Set catalogs.%s.ref to the branch that loads are to land on.".formatted(config.name()));
    }
    if (settings.ref.isPresent() && settings.ref.equals(settings.base)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': ref and base are the same branch, '%s'."
              .formatted(config.name(), settings.ref.get()),
          "Give catalogs.%s.ref another name, or leave out base and merge."
              .formatted(config.name()));
    }
    return settings;
  }

  private static boolean chosen(CatalogConfig config, String key, String usual, String other) {
    String word = config.value(key).orElse(usual);
    if (!List.of(usual, other).contains(word)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': %s cannot be '%s'.".formatted(config.name(), key, word),
          "Set catalogs.%s.%s to %s or %s.".formatted(config.name(), key, usual, other));
    }
    return word.equals(other);
  }
}
