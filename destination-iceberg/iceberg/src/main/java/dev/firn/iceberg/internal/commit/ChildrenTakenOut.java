package dev.firn.iceberg.internal.commit;

/**
 * Another load took this one's child rows out before their root was committed. Never leaves this
 * package.
 */
final class ChildrenTakenOut extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChildrenTakenOut() {
    super("child rows were taken out before their root was committed", null, false, false);
  }
}
