package dev.firn.cli;

import picocli.CommandLine.Command;

@Command(
    name = "class-path",
    mixinStandardHelpOptions = true,
    description = "Prints the class path that a source in Java is compiled with.")
final class ClassPathCommand implements Action {
  @Override
  public Outcome run(Session session) {
    String path = System.getProperty("java.class.path");
    return Outcome.of(path, Session.document().put("classPath", path));
  }
}
