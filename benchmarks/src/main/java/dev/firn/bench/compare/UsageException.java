package dev.firn.bench.compare;

/** A mistake in the command line, told without a stack trace. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
