package dev.firn.iceberg.internal.commit;

/**
 * A table that was to be created only if it was missing has been made by somebody else. Never
 * leaves this package.
 */
final class TableAppeared extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TableAppeared() {
    super("the table has been made meanwhile", null, false, false);
  }
}
