package dev.firn.cli;

import picocli.CommandLine.Command;

@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Prints the versions of Firn and Java.")
final class VersionCommand implements Action {
  @Override
  public Outcome run(Session session) {
    String java = System.getProperty("java.version");
    return Outcome.of(
        "firn " + Version.text() + " (Java " + java + ")",
        Session.document().put("firn", Version.text()).put("java", java));
  }
}
