package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.load.LoadId;
import dev.firn.pipeline.QuarantinedRecord;
import dev.firn.pipeline.Quarantines;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description =
        "Looks at records that were kept aside, and loads them again: list, show, replay.",
    subcommands = {
      QuarantineCommand.ListAll.class,
      QuarantineCommand.Show.class,
      QuarantineCommand.Replay.class
    })
final class QuarantineCommand {

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Counts the records in quarantine by resource, load and rule.")
  static final class ListAll implements Action {
    /** What is counted together. */
    private record Kind(String resource, String loadId, String column, String rule)
        implements Comparable<Kind> {
      static Kind of(QuarantinedRecord record) {
        return new Kind(
            record.resource(), record.loadId().value(), record.column().orElse(""), record.rule());
      }

      private String sorted() {
        return String.join("\u0000", resource, loadId, column, rule);
      }

      @Override
      public int compareTo(Kind other) {
        return sorted().compareTo(other.sorted());
      }
    }

    @Override
    public Outcome run(Session session) {
      Map<Kind, Long> counts = new TreeMap<>();
      Quarantines.forEach(
          session.pipeline().spec(), "", record -> counts.merge(Kind.of(record), 1L, Long::sum));
      ObjectNode document = Session.document();
      ArrayNode items = document.putArray("quarantine");
      List<List<String>> rows = new ArrayList<>();
      counts.forEach(
          (kind, count) -> {
            String rule = (kind.column() + " " + kind.rule()).strip();
            rows.add(List.of(kind.resource(), kind.loadId(), rule, Words.count(count, "record")));
            items
                .addObject()
                .put("resource", kind.resource())
                .put("loadId", kind.loadId())
                .put("column", kind.column())
                .put("rule", kind.rule())
                .put("records", count);
          });
      return Outcome.of(rows.isEmpty() ? "Nothing is in quarantine." : Grid.of(rows), document);
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a resource's records in quarantine, each with its place and reason.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameter
  static final class Show implements Action {
    @Parameters(paramLabel = "RESOURCE", description = "A resource or source.resource.")
    String resource;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "Shows up to N records; 20 when absent.")
    int limit = 20;

    @Override
    public Outcome run(Session session) {
      List<QuarantinedRecord> first = new ArrayList<>();
      long[] all = {0};
      Quarantines.forEach(
          session.pipeline().spec(),
          resource,
          record -> {
            all[0]++;
            if (first.size() < limit) {
              first.add(record);
            }
          });
      ObjectNode document = Session.document().put("records", all[0]);
      ArrayNode items = document.putArray("sample");
      first.forEach(record -> describe(record, items.addObject()));
      return Outcome.of(text(first, all[0]), document);
    }

    private static void describe(QuarantinedRecord record, ObjectNode node) {
      node.put("loadId", record.loadId().value())
          .put("time", record.time().toString())
          .put("source", record.source())
          .put("rule", record.rule())
          .put("reason", record.reason())
          .put("payload", record.payload());
      record.column().ifPresent(column -> node.put("column", column));
    }

    private static String text(List<QuarantinedRecord> first, long all) {
      if (all == 0) {
        return "Nothing is in quarantine.";
      }
      String lines =
          first.stream()
              .map(record -> record.source() + ": " + record.reason() + "\n  " + record.payload())
              .collect(Collectors.joining("\n"));
      long more = all - first.size();
      return more == 0 ? lines : lines + "\nand " + more + " more";
    }
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description =
          "Loads records from quarantine again, under the contract as it is now; each is loaded"
              + " once, and those that break it still stay.")
  static final class Replay implements Action {
    @Option(
        names = "--select",
        split = ",",
        paramLabel = "RESOURCE",
        description = "Replays these resources only: resource or source.resource.")
    Set<String> select = new LinkedHashSet<>();

    @Option(
        names = "--load",
        split = ",",
        paramLabel = "LOAD",
        description = "Replays only what these loads kept aside; ids of 'quarantine list'.")
    Set<String> loads = new LinkedHashSet<>();

    @Override
    public Outcome run(Session session) {
      Set<LoadId> ids = loads.stream().map(LoadId::new).collect(Collectors.toSet());
      return Runs.perform(
          session,
          session.pipeline().spec(),
          options -> options.withSelect(select),
          (spec, options) -> Quarantines.replay(spec, options, ids));
    }
  }
}
