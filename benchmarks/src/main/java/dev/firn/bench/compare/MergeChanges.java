package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Merges new versions and new rows into a table and lets Spark read what Iceberg holds afterwards,
 * delete files applied. DuckDB says from the source files what that must be.
 */
final class MergeChanges {
  /** In words that both engines' SQL understands. */
  private static final List<Fact> FACTS =
      List.of(
          Fact.of("rows", "count(*)"),
          Fact.of("distinct ids", "count(distinct id)"),
          Fact.of("processing ms", "sum(\"processingMs\")", "sum(processing_ms)"),
          Fact.of("push ids", "sum(payload.\"pushId\")", "sum(payload__push_id)"),
          Fact.of(
              "issue texts",
              "sum(length(payload.issue.body))",
              "sum(length(payload__issue__body))"),
          Fact.ofList("commits", "payload.commits", "sum(length(item.message))", "message"),
          Fact.ofList("release assets", "payload.release.assets", "sum(item.size)", "size"),
          Fact.ofList("issue labels", "payload.issue.labels", "sum(item.id)", "id"),
          Fact.ofList("topics", "payload.forkee.topics", "sum(length(item))", "value"),
          new Fact(
              "commits without their event",
              "select 0",
              "select count(*) from root__payload__commits as child where not exists"
                  + " (select 1 from root where root._firn_id = child._firn_parent_id)"));

  private final Places places;
  private final FirnTool firn;
  private final SparkTool spark;

  MergeChanges(Places places, FirnTool firn, SparkTool spark) {
    this.places = places;
    this.firn = firn;
    this.spark = spark;
  }

  static String description() {
    return FACTS.stream().map(Fact::name).collect(Collectors.joining(", "));
  }

  /** Series of the first merge, of the whole input, and of the changes; one round. */
  List<Series> run(Input input) throws IOException, InterruptedException, SQLException {
    Path base = input.file(places.data());
    Path changes = input.changes(places.data());
    Series first = new Series("merge into an empty table");
    Series second = new Series("merge of changes, a fifth of the size");
    Path project = places.emptyFolder("changes");

    first.add(measure(base, project));
    second.add(measure(changes, project));

    Agreement agreement = new Agreement();
    agreement.check("the source files", FactReader.merged(base, changes, FACTS));
    agreement.check("Spark", spark.ask(firn, project, FirnTool.TABLE, FACTS));
    Places.delete(project);
    return List.of(first, second);
  }

  private Measurement measure(Path file, Path project) throws IOException, InterruptedException {
    Measurement measured = Meter.run(firn.merge(file), project);
    Console.say("changes: " + measured.summary());
    return measured.withOutput(firn.output(project).bytes());
  }
}
