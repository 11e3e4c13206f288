package dev.firn.cli;

import java.util.Optional;

/** The version of the running jar. */
final class Version {
  private Version() {}

  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
