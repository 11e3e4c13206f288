package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.States;
import dev.firn.pipeline.States.KnownState;
import dev.firn.state.CursorState;
import dev.firn.state.ResourceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description =
        "Looks at what a pipeline remembers, or changes it: show, set, reset, export, import.",
    subcommands = {
      StateCommand.Show.class,
      StateCommand.Set.class,
      StateCommand.Reset.class,
      StateCommand.Export.class,
      StateCommand.Import.class
    })
final class StateCommand {

  private static <T> T with(Session session, Function<States, T> action) {
    try (Destination destination = session.destination()) {
      return action.apply(States.of(session.project(), destination));
    }
  }

  private static Outcome shown(List<KnownState> states) {
    ObjectNode document = Session.document();
    ArrayNode items = document.putArray("resources");
    List<List<String>> rows = new ArrayList<>();
    states.forEach(each -> add(each, rows, items));
    return Outcome.of(rows.isEmpty() ? "No state yet." : Grid.of(rows), document);
  }

  private static void add(KnownState known, List<List<String>> rows, ArrayNode items) {
    ResourceState state = known.state();
    Optional<CursorState> cursor = state.cursor();
    rows.add(
        List.of(
            known.resource(),
            known.table().toString(),
            "version " + state.version(),
            cursor.map(at -> at.column() + " " + at.value()).orElse("no cursor"),
            "load " + state.loadId()));
    ObjectNode item =
        items
            .addObject()
            .put("resource", known.resource())
            .put("table", known.table().toString())
            .put("version", state.version())
            .put("loadId", state.loadId())
            .put("tracksFiles", state.files().isPresent());
    cursor.ifPresent(
        at ->
            item.putObject("cursor")
                .put("column", at.column())
                .put("type", at.type().word())
                .put("value", at.value())
                .put("boundary", at.boundary().size()));
  }

  private static FirnException unusable(Path file, IOException e) {
    return new FirnException(
        ErrorCode.UNREADABLE_PATH,
        "The file " + file + " cannot be used: " + e,
        "Name a file that can be read or written.",
        e);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the state of each resource, as it stands in its table.")
  static final class Show implements Action {
    @Override
    public Outcome run(Session session) {
      return shown(with(session, States::all));
    }
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description =
          "Moves the cursor of a resource: its next load begins at the value, which it includes.")
  @SuppressWarnings("NullAway.Init") // picocli sets what is required
  static final class Set implements Action {
    @Parameters(paramLabel = "RESOURCE", description = "The resource, or source.resource.")
    String resource;

    @Option(
        names = "--cursor",
        required = true,
        paramLabel = "VALUE",
        description = "Where the cursor is: 2024-01-31T00:00:00Z, 2024-01-31 or a plain number.")
    String cursor;

    @Option(
        names = "--column",
        paramLabel = "NAME",
        description = "The cursor, where it is another than before.")
    @Nullable String column;

    @Override
    public Outcome run(Session session) {
      Optional<String> named = Optional.ofNullable(column);
      KnownState moved = with(session, states -> states.setCursor(resource, cursor, named));
      return shown(List.of(moved));
    }
  }

  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      description = "Forgets what resources remember: the next load begins at the beginning.")
  static final class Reset implements Action {
    @Parameters(paramLabel = "RESOURCE", arity = "0..*", description = "The resources.")
    List<String> resources = new ArrayList<>();

    @Option(names = "--all", description = "All resources of the pipeline.")
    boolean all;

    @Override
    public Outcome run(Session session) {
      if (all == !resources.isEmpty()) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "Which state is to be forgotten?",
            "Name resources, or say --all.");
      }
      return shown(
          with(
              session,
              states -> all ? states.resetAll() : resources.stream().map(states::reset).toList()));
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes all states as one JSON document.")
  static final class Export implements Action {
    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description = "Where to write it; without it the document is printed.")
    @Nullable Path file;

    @Override
    public Outcome run(Session session) {
      String text = with(session, States::export);
      ObjectNode document = Session.document();
      if (file == null) {
        return Outcome.of(text, document.put("states", text));
      }
      Path target = session.console().folder().resolve(file);
      try {
        Files.writeString(target, text + System.lineSeparator());
      } catch (IOException e) {
        throw unusable(target, e);
      }
      return Outcome.of("Wrote " + file + ".", document.put("file", file.toString()));
    }
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = "Puts states that were exported in place of those in the tables.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameter
  static final class Import implements Action {
    @Parameters(paramLabel = "FILE", description = "What 'firn state export' wrote.")
    Path file;

    @Override
    public Outcome run(Session session) {
      Path source = session.console().folder().resolve(file);
      String text;
      try {
        text = Files.readString(source);
      } catch (IOException e) {
        throw unusable(source, e);
      }
      return shown(with(session, states -> states.importFrom(text)));
    }
  }
}
