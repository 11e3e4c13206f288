package dev.firn.error;

import org.jspecify.annotations.Nullable;

/** The failure that users see: what happened, and what to do next. */
public final class FirnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String hint;

  /**
   * @param message what, which one, found against expected; one or two sentences
   * @param hint what to do next; may be empty
   */
  public FirnException(ErrorCode code, String message, String hint) {
    this(code, message, hint, null);
  }

  /** As the shorter constructor, with the failure below it. */
  public FirnException(ErrorCode code, String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
  }

  public ErrorCode code() {
    return code;
  }

  public String hint() {
    return hint;
  }

  /** The same failure with a place in front of its message, such as {@code data.jsonl:3:17}. */
  public FirnException at(String place) {
    return new FirnException(code, place + ": " + getMessage(), hint, this);
  }
}
