package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Merges that cannot be: each ends with its exit code, one line that says what, and a hint; the
 * table stays as it was, and the next load is clean.
 */
class MergeMistakesTest {
  private static final String KEYED = "primary-key: id, write-disposition: merge";
  private static final String VERSIONS =
      "primary-key: id, write-disposition: {mode: merge, strategy: scd2, boundary-timestamp: '%s'}";
  private static final String JANUARY = VERSIONS.formatted("2024-01-01T00:00:00Z");
  private static final String FEBRUARY = VERSIONS.formatted("2024-02-01T00:00:00Z");

  @TempDir Path folder;
  private ExampleFolder project;

  @BeforeEach
  void aProject() {
    project = new ExampleFolder(folder);
  }

  private void write(String resource, String... records) throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        "pipeline: p\nsources: {s: {type: files, resources: {r: {path: r.jsonl, table: raw.t,"
            + " track: none, %s}}}}\n".formatted(resource));
    Files.write(
        folder.resolve("r.jsonl"), List.of(records).stream().map(MergeMistakesTest::json).toList());
  }

  private static String json(String record) {
    return record.replace('\'', '"');
  }

  private void load(String resource, String... records) throws IOException {
    write(resource, records);
    project.json("run");
  }

  private void refused(
      String resource, String record, int exitCode, String code, String message, String hint)
      throws IOException {
    List<?> rows = project.rows("raw.t");
    int commits = project.commits("raw.t");
    String good = Files.readString(folder.resolve("pipeline.yaml"));
    write(resource, "{'id':2,'v':'new'}", record);

    CommandLineRun run = project.firn("run");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.line("error")).contains(code, message);
    assertThat(run.line("hint")).as(run.err()).contains(hint).isNotEmpty();
    Files.writeString(folder.resolve("pipeline.yaml"), good);
    assertThat(project.rows("raw.t")).isEqualTo(rows);
    assertThat(project.commits("raw.t")).isEqualTo(commits);
    assertThat(project.json("packages", "list").path("packages")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a key column that a record lacks | {'v':'x'} | the key column 'id' is null | on-null-key",
        "a null in the key | {'id':null,'v':'x'} | the key column 'id' is null | primary-key",
        "a key of another type | {'id':'x7','v':'x'} | 'id' is long, which cannot hold 'x7' | Fix"
      })
  void aRecordWithoutAKeyThatFitsIsRefused(String what, String record, String message, String hint)
      throws IOException {
    load(KEYED, "{'id':1,'v':'old'}");

    refused(KEYED, record, 1, "BAD_KEY_VALUE", message, hint);

    load(KEYED, "{'id':1,'v':'newer'}");
    assertThat(project.rows("raw.t")).as(what).hasSize(1);
  }

  @Test
  void aRecordWithoutItsKeyIsLeftOutWhereThePolicySaysSo() throws IOException {
    load(KEYED + ", on-null-key: discard_row", "{'id':null,'v':'x'}", "{'id':1,'v':'y'}", "{}");

    assertThat(project.rows("raw.t")).hasSize(1);
  }

  @Test
  void aKeyColumnThatNoRecordOrTableHasIsNamed() throws IOException {
    load(KEYED, "{'id':1,'v':'old'}");

    refused(
        "primary-key: nr, write-disposition: merge",
        "{'id':3,'v':'x'}",
        1,
        "BAD_KEY_VALUE",
        "the key column 'nr' is null",
        "choose another primary-key");
  }

  @Test
  void aBoundaryThatGoesBackwardsOrStaysIsRefused() throws IOException {
    load(FEBRUARY, "{'id':1,'v':'old'}");

    for (String boundary : List.of("2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z")) {
      refused(
          VERSIONS.formatted(boundary),
          "{'id':1,'v':'x'}",
          1,
          "UNMERGEABLE",
          "the load's boundary is " + boundary,
          "boundary-timestamp");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'id':3,'until':'x'}", "{'id':3,'until':'2024-05-05T00:00:00Z'}"})
  void aColumnNamedLikeOneOfValidityIsRefused(String record) throws IOException {
    load(JANUARY.replace("}", ", valid-to: until}"), "{'id':1,'v':'old'}");

    refused(
        FEBRUARY.replace("}", ", valid-to: until}"),
        record,
        1,
        "NAME_COLLISION",
        "brings a column 'until'",
        "valid-to");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hard-delete: [gone, deleted] | 'hard-delete' in resource 'r' must be one value | one of them",
        "hard-delete: gone, hard-delete: deleted | The key 'hard-delete' is here twice | ",
        "hard-delete: id | 'id' is part of the key | "
      })
  void whatCannotBeIsSaidBeforeAnythingIsRead(String rule, String message, String hint)
      throws IOException {
    load(KEYED, "{'id':1,'v':'old'}");

    refused(
        KEYED + ", " + rule, "{'id':3}", 2, "INVALID_CONFIG", message, hint == null ? "" : hint);
  }

  @Test
  void aColumnOfFirnsOwnIsNoColumnOfValidity() throws IOException {
    load(JANUARY, "{'id':1,'v':'old'}");

    refused(
        FEBRUARY.replace("}", ", valid-to: _firn_load_id}"),
        "{'id':3}",
        2,
        "INVALID_CONFIG",
        "'_firn_load_id'",
        "");
  }
}
