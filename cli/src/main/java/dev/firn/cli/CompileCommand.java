package dev.firn.cli;

import picocli.CommandLine.Command;

@Command(
    name = "compile",
    mixinStandardHelpOptions = true,
    description = "Prints the pipeline as one YAML file: layers merged, variables filled in.")
final class CompileCommand implements Action {
  @Override
  public Outcome run(Session session) {
    String yaml = session.compiled();
    return Outcome.of(yaml.stripTrailing(), Session.document().put("yaml", yaml));
  }
}
