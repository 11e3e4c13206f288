package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.pipeline.States;
import dev.firn.pipeline.States.KnownWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "partitions",
    mixinStandardHelpOptions = true,
    description = "Looks at the partitions of a resource: list, reset.",
    subcommands = {PartitionsCommand.ListAll.class, PartitionsCommand.Reset.class})
final class PartitionsCommand {

  private static <T> T with(Session session, Function<States, T> action) {
    try (Destination destination = session.destination()) {
      return action.apply(States.of(session.project(), destination));
    }
  }

  private static Outcome shown(String resource, List<KnownWindow> windows) {
    ObjectNode document = Session.document().put("resource", resource);
    ArrayNode items = document.putArray("partitions");
    List<List<String>> rows = new ArrayList<>();
    for (KnownWindow each : windows) {
      String key = each.window().key();
      String state = each.word();
      rows.add(List.of(key, state));
      items
          .addObject()
          .put("partition", key)
          .put("start", each.window().start().toString())
          .put("end", each.window().end().toString())
          .put("state", state);
    }
    return Outcome.of(rows.isEmpty() ? "No partition has begun." : Grid.of(rows), document);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the partitions that have begun: done, open (loaded so far) or missing.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameter
  static final class ListAll implements Action {
    @Parameters(paramLabel = "RESOURCE", description = "The resource, or source.resource.")
    String resource;

    @Option(
        names = "--partition",
        paramLabel = "A..B",
        description = "These only: 2024-10-15, 2024-10 or 2024-10-01..2024-10-15.")
    @Nullable String range;

    @Override
    public Outcome run(Session session) {
      Optional<String> asked = Optional.ofNullable(range);
      return shown(resource, with(session, states -> states.windows(resource, asked)));
    }
  }

  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      description = "Forgets that partitions were loaded: the next run loads them again.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameters
  static final class Reset implements Action {
    @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
    String resource;

    @Parameters(
        index = "1",
        paramLabel = "A..B",
        description = "Which: 2024-10-15, 2024-10 or 2024-10-01..2024-10-15.")
    String range;

    @Override
    public Outcome run(Session session) {
      return shown(resource, with(session, states -> states.resetWindows(resource, range)));
    }
  }
}
