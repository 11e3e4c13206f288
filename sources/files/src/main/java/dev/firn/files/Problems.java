package dev.firn.files;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.List;

/** Mistakes in settings, gathered so that all are told at once. */
final class Problems {
  private final List<String> all;
  private final String place;

  private Problems(List<String> all, String place) {
    this.all = all;
    this.place = place;
  }

  static Problems none() {
    return new Problems(new ArrayList<>(), "");
  }

  /** The same list, with a place in front of what is added. */
  Problems in(String inner) {
    return new Problems(all, place.isEmpty() ? inner : place + "." + inner);
  }

  void add(String problem) {
    all.add(place.isEmpty() ? problem : place + ": " + problem);
  }

  /**
   * Tells them, if there are any.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  void raise() {
    if (!all.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          String.join("\n", all),
          "docs/files.md says what each key of a files resource does.");
    }
  }
}
