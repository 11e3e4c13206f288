package dev.firn.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the running jar. */
final class Version implements IVersionProvider {
  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"firn " + text()};
  }
}
