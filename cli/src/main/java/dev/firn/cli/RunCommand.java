package dev.firn.cli;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.OnLocked;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.Refresh;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.WindowChoice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Loads the pipeline's resources into their tables.")
final class RunCommand implements Action {
  @Mixin final RunScope scope = new RunScope();

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "Runs what firn plan --out FILE has planned, and nothing where tables or input are no"
              + " longer as they were then.")
  @Nullable Path plan;

  @Option(
      names = "--on-locked",
      paramLabel = "fail|wait",
      description = "For this run alone: what happens while another run is at work on a table.")
  @Nullable String onLocked;

  @Option(
      names = "--refresh",
      paramLabel = "MODE",
      description =
          "Loads anew: drop-data empties the tables of the selected resources and forgets their"
              + " state, drop-resources drops the tables, drop-sources those of whole sources.")
  @Nullable String refresh;

  @Option(
      names = "--partition",
      paramLabel = "A..B",
      description =
          "Loads these partitions where they are not done: 2024-10-15, 2024-10 or"
              + " 2024-10-01..2024-10-15.")
  @Nullable String partition;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "Loads so many partitions at the same time.")
  int parallel;

  /** The word after the option. */
  static Optional<OnLocked> onLocked(@Nullable String written) {
    return Optional.ofNullable(written).map(OnLocked::parse);
  }

  private Optional<Refresh> refresh() {
    if (refresh == null) {
      return Optional.empty();
    }
    String word = refresh.replace('_', '-');
    return Optional.of(
        Stream.of(Refresh.values())
            .filter(mode -> mode.word().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new FirnException(
                        ErrorCode.INVALID_CONFIG,
                        "'" + word + "' is no mode of --refresh.",
                        "Use one of: "
                            + Stream.of(Refresh.values())
                                .map(Refresh::word)
                                .collect(Collectors.joining(", "))
                            + ".")));
  }

  @Override
  public Outcome run(Session session) {
    Optional<PipelinePlan> made =
        Optional.ofNullable(plan).map(session.console().folder()::resolve).map(PlanFile::read);
    if (made.isPresent() && !scope.select.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "--plan and --select do not go together: a plan names its resources.",
          "Leave --select to firn plan.");
    }
    return Runs.perform(
        session,
        session.pipeline().spec(),
        options -> {
          RunOptions chosen =
              options
                  .withSelect(scope.select)
                  .withEvolution(scope.evolution())
                  .withOnLocked(onLocked(onLocked))
                  .withRefresh(refresh())
                  .withWindows(new WindowChoice(Optional.ofNullable(partition), parallel));
          return made.map(chosen::withPlan).orElse(chosen);
        });
  }
}
