package dev.firn.internal.extract;

/** What the code of a source threw, on its way to the reader that says which resource it was. */
final class SourceCodeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SourceCodeFailure(Throwable thrown) {
    super(thrown);
  }
}
