package dev.firn.cli;

import dev.firn.contract.Evolution;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run or its plan is about. */
final class RunScope {
  @Option(
      names = "--select",
      split = ",",
      paramLabel = "RESOURCE",
      description = "These resources only: resource or source.resource.")
  Set<String> select = new LinkedHashSet<>();

  @Option(
      names = "--evolution",
      paramLabel = "MODES",
      description =
          "For this run alone: freeze, or columns=discard_row,data-type=freeze; what is left out"
              + " evolves.")
  @Nullable String evolution;

  /** The modes as they were written. */
  Optional<Evolution> evolution() {
    return Optional.ofNullable(evolution).map(Evolution::parse);
  }
}
