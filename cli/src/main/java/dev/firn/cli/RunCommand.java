package dev.firn.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Loads the pipeline's resources into their tables.")
final class RunCommand implements Action {
  @Option(
      names = "--select",
      split = ",",
      paramLabel = "RESOURCE",
      description = "Runs these resources only: resource or source.resource.")
  Set<String> select = new LinkedHashSet<>();

  @Override
  public Outcome run(Session session) {
    return Runs.perform(session, session.pipeline().spec(), select);
  }
}
