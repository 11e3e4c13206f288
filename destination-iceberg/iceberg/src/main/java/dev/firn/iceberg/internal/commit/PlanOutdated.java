package dev.firn.iceberg.internal.commit;

/**
 * The root moved while the children of a merge were committed: rows of those that were may belong
 * to another outcome now. Never leaves this package.
 */
final class PlanOutdated extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlanOutdated() {
    super("the root moved between the commits of two child tables", null, false, false);
  }
}
