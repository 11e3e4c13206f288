package dev.firn.cli;

import dev.firn.contract.Evolution;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--evolution",
      paramLabel = "MODES",
      description =
          "For this run alone: freeze, or columns=discard_row,data-type=freeze; what is left out"
              + " evolves.")
  @Nullable String evolution;

  /** The modes as they were written after the option. */
  static Optional<Evolution> evolution(@Nullable String written) {
    return Optional.ofNullable(written).map(Evolution::parse);
  }

  @Override
  public Outcome run(Session session) {
    return Runs.perform(session, session.pipeline().spec(), select, evolution(evolution));
  }
}
