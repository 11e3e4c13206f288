package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import dev.firn.source.IncrementalSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole loads into tables of the embedded catalog, by what users of dlt expect of them. */
class TableCasesTest {
  private static final String ALL_TYPES =
      "{boolean: boolean, int32: int32, long: long, float: float, double: double,"
          + " decimal: 'decimal(10,2)', date: date, time: time, timestamp: timestamp,"
          + " timestamp_ntz: timestamp_ntz, string: string, binary: binary, uuid: uuid,"
          + " json: json}";
  private static final String ALL_VALUES =
      """
      {"boolean":true,"int32":1,"long":2,"float":0.5,"double":1.5,"decimal":"12.50",\
      "date":"2024-02-29","time":"10:11:12","timestamp":"2024-02-29T10:11:12Z",\
      "timestamp_ntz":"2024-02-29T10:11:12","string":"s","binary":"AAEC",\
      "uuid":"123e4567-e89b-12d3-a456-426614174000","json":{"a":[1]}}
      """;

  @TempDir Path folder;

  private ExampleFolder project(String resource) throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: cases
        sources:
          drops:
            type: files
            resources:
              rows: {path: rows.jsonl, table: raw.rows, track: {reload-changed: true}, %s}
        """
            .formatted(resource));
    return new ExampleFolder(folder);
  }

  private void write(String... lines) throws IOException {
    Files.write(folder.resolve("rows.jsonl"), List.of(lines));
  }

  private static long total(JsonNode report, int table) {
    return report.at("/resources/0/tables/" + table + "/total").asLong();
  }

  @Test
  void t01AllTypesAreAppendedAndReplacedInOneTable() throws IOException {
    String row = ALL_VALUES.strip();
    write(IntStream.range(0, 10).mapToObj(i -> row).toArray(String[]::new));
    ExampleFolder appending = project("columns: " + ALL_TYPES);
    JsonNode first = appending.json("run");
    write(IntStream.range(0, 10).mapToObj(i -> row + " ").toArray(String[]::new));
    JsonNode second = appending.json("run");

    JsonNode third = project("write-disposition: replace, columns: " + ALL_TYPES).json("run");

    assertThat(List.of(total(first, 0), total(second, 0), total(third, 0)))
        .containsExactly(10L, 20L, 10L);
    assertThat(appending.commits("raw.rows")).isEqualTo(3);
    assertThat(appending.columns("raw.rows").values()).hasSize(14).doesNotHaveDuplicates();
    JsonNode read = appending.rows("raw.rows").get(0);
    assertThat(read.path("decimal").decimalValue()).isEqualByComparingTo("12.50");
    assertThat(read.path("uuid").asText()).isEqualTo("123e4567-e89b-12d3-a456-426614174000");
  }

  @Test
  void t02ChildTablesAreAppendedReplacedAndMerged() throws IOException {
    String one = "{\"id\":1,\"c\":[{\"g\":[1,2]},{\"g\":[3]}]}";
    String two = "{\"id\":2,\"c\":[{\"g\":[4,5]}]}";
    write(one, two);
    JsonNode first = project("evolution: evolve").json("run");
    write(one + " ", two);
    JsonNode second = project("evolution: evolve").json("run");
    JsonNode third = project("write-disposition: replace").json("run");

    assertThat(totals(first)).containsExactly(2L, 3L, 5L);
    assertThat(totals(second)).containsExactly(4L, 6L, 10L);
    assertThat(totals(third)).containsExactly(2L, 3L, 5L);
    write(IntStream.range(1, 10_001).mapToObj("{\"id\":%d}"::formatted).toArray(String[]::new));
    JsonNode merged = project("primary-key: id, write-disposition: merge").json("run");
    assertThat(total(merged, 0)).isEqualTo(10_000);
    assertThat(new ExampleFolder(folder).rows("raw.rows__c")).isEmpty();
  }

  private static List<Long> totals(JsonNode report) {
    return List.of(total(report, 0), total(report, 1), total(report, 2));
  }

  @Test
  void t05ASourceWithoutRowsMakesTheTableThatIsDeclared() throws IOException {
    Files.writeString(folder.resolve("rows.jsonl"), "");

    ExampleFolder project = project("columns: {id: long, name: string}");
    project.json("run");

    assertThat(project.rows("raw.rows")).isEmpty();
    assertThat(project.columns("raw.rows").keySet()).containsExactly("id", "name");
  }

  @Test
  void r02ALoadThatEndsBetweenTwoTablesIsFinishedOnce() throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        "pipeline: p\nsources: {s: {type: files, resources: {orders: {path: orders.jsonl}}}}\n");
    for (int load = 1; load <= 3; load++) {
      Firn.pipeline("p").workFolder(folder).run(ordersUpTo(load)).throwIfFailed();
    }
    RunOptions killed = new RunOptions(Set.of(), new EndAfter("p.orders__lines"));
    ExampleFolder project = new ExampleFolder(folder);

    RunReport stopped = Firn.pipeline("p").workFolder(folder).run(killed, ordersUpTo(4));

    assertThat(stopped.status()).isEqualTo("failed");
    assertThat(stateVersion(project)).isEqualTo(3);
    RunReport next = Firn.pipeline("p").workFolder(folder).run(ordersUpTo(4)).throwIfFailed();
    Firn.pipeline("p").workFolder(folder).run(ordersUpTo(4)).throwIfFailed();
    assertThat(next.finishedPackages()).hasSize(1);
    assertThat(stateVersion(project)).isEqualTo(4);
    assertThat(project.rows("p.orders")).hasSize(4);
    assertThat(project.rows("p.orders__lines")).hasSize(8);
  }

  private static Resource ordersUpTo(int last) {
    return Resource.of(
            "orders",
            () ->
                IntStream.rangeClosed(1, last)
                    .mapToObj(
                        id -> Map.of("id", id, "lines", List.of(Map.of("n", 1), Map.of("n", 2))))
                    .toList())
        .incremental(IncrementalSpec.on("id"));
  }

  private static int stateVersion(ExampleFolder project) {
    return project.json("state", "show").at("/resources/0/version").asInt();
  }

  /** Ends the process, as far as the run can tell, after the commit of one table. */
  private record EndAfter(String table) implements LoadObserver {
    @Override
    public void committed(LoadId load, TableName committed) {
      if (committed.toString().equals(table)) {
        throw new IllegalStateException("the end");
      }
    }
  }
}
