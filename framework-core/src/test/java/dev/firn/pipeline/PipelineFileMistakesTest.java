package dev.firn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineFileMistakesTest {
  private static final String SOURCE = "sources: {s: {type: things, resources: {r: {path: x}}}}\n";

  @TempDir Path folder;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "pipelin: p\n" + SOURCE, "1:1: Unknown key 'pipelin' in the pipeline.", "'pipeline'"),
        mistake("a: [1\n", "2:1: Not valid YAML", ""),
        mistake("- a\n- b\n", "1:1: Expected keys with values.", "pipeline: name"),
        mistake(
            "pipeline: p\npipeline: q\n" + SOURCE, "2:1: The key 'pipeline' is here twice", "1:1"),
        mistake("version: 2\npipeline: p\n" + SOURCE, "1:10: 'version' in the pipeline is '2'", ""),
        mistake("pipeline: a b\n" + SOURCE, "1:11: 'a b' cannot be a name here.", "letters"),
        mistake(
            "pipeline: [p]\n" + SOURCE,
            "1:11: 'pipeline' in the pipeline must be one value.",
            "without brackets"),
        mistake("pipeline: p\n", "The pipeline has no sources.", "firn init"),
        mistake("pipeline: p\nsources: {s: {}}\n", "2:14: No 'type' in source 's'.", "things"),
        mistake(
            "pipeline: p\nsources: {s: {type: thing}}\n", "2:21: No source type 'thing'", "things"),
        mistake(
            "pipeline: p\nsources: {s: {type: things, url: u}}\n",
            "2:14: No 'resources' in source",
            ""),
        mistake(resource("tabel: x"), "2:45: Unknown key 'tabel' in resource 'r'.", "'table'"),
        mistake(resource("primry_key: x"), "Unknown key 'primry_key'", "'primary-key'"),
        mistake(resource("zzzzzzz: x"), "Unknown key 'zzzzzzz'", "Known: add-columns, allow-empty"),
        mistake(resource("write-disposition: merge"), "2:64: A merge needs a key", "primary-key"),
        mistake(
            resource("write-disposition: upsert"),
            "2:64: 'upsert' is no write disposition",
            "merge"),
        mistake(resource("write-disposition: {mod: merge}"), "Unknown key 'mod'", "'mode'"),
        mistake(resource("evolution: froze"), "2:56: 'froze' is no contract mode", "freeze"),
        mistake(resource("evolution: {colums: freeze}"), "Unknown key 'colums'", "'columns'"),
        mistake(resource("columns: {a: strng}"), "2:58: 'strng' is no type", "string"),
        mistake(resource("columns: {a: 'decimal(39,1)'}"), "decimal(39,1) is no valid type", "38"),
        mistake(resource("partition-by: dy(a)"), "2:59: 'dy(a)' is no partition field", "day"),
        mistake(
            resource("incremental: {cursor: at, lag: 5 minutes}"),
            "2:76: '5 minutes' is no lag",
            "1h30m"),
        mistake(resource("incremental: {cursor: at, lag: -5}"), "'-5' is no lag", "5m"),
        mistake(resource("incremental: {cursor: n, end: 5}"), "a backfill with an 'end' needs", ""),
        mistake(
            resource("incremental: {cursor: n, initial: 42, end: 22}"),
            "'initial' 42 lies after the end 22",
            ""),
        mistake(
            resource("incremental: {cursor: n, initial: 22, end: 42, last-value: min}"),
            "'initial' 22 lies before the end 42",
            ""),
        mistake(
            resource("incremental: {cursor: n, initial: 1, end: 2, until: now}"),
            "'end' and 'until' do not go together",
            ""),
        mistake(
            resource("incremental: {cursor: n, last-value: most}"), "'most' is no value", "max"),
        mistake(
            resource("partitions: {every: fortnight, start: 2024-01-01}"),
            "'fortnight' is no length of a partition",
            ""),
        mistake(resource("partitions: day"), "No 'every' in 'partitions'", "every: day"),
        mistake(resource("partitions: {every: day}"), "No 'start' in 'partitions'", "start"),
        mistake(
            resource("partitions: {every: day, start: soon}"),
            "'soon' is no start of partitions",
            "2024-01-31"),
        mistake(
            resource("partitions: {every: day, start: 2024-01-01, timezone: Mars}"),
            "'Mars' is no time zone",
            "Europe/Berlin"),
        mistake(
            resource("partitions: {every: day, start: 2024-01-01}, incremental: at"),
            "'partitions' and 'incremental' do not go together",
            ""),
        mistake(
            resource("partitions: {every: day, start: 2024-01-01}, write-disposition: replace"),
            "would replace the whole table",
            ""),
        mistake(resource("table: bad table!"), "'bad table!' is no table name", "quote"),
        mistake(resource("max-nesting: -1"), "2:58: 'max-nesting' in resource 'r' is '-1'", ""),
        mistake(resource("max-nesting: two"), "'max-nesting' in resource 'r' is 'two'", ""),
        mistake(resource("naming: camel"), "'camel' is no value of 'naming'", "snake_case"),
        mistake(resource("allow-empty: yes"), "'allow-empty' in resource 'r' is 'yes'", ""),
        mistake(resource("incremental: {initial: 1}"), "No 'cursor' in 'incremental'", "grows"),
        mistake(resource("table: a..b"), "'a..b' is no table name", "namespace.table"),
        mistake(
            "pipeline: p\ndestination: {type: delta}\n" + SOURCE,
            "2:21: No destination type 'delta' is installed.",
            "Installed: iceberg."),
        mistake(
            "pipeline: p\ncatalogs: {c: {type: unheard-of}}\n" + SOURCE,
            "2:22: No catalog type 'unheard-of'.",
            "jdbc"),
        mistake(
            "pipeline: p\ncatalogs: {c: {uri: nowhere}}\n" + SOURCE, "2:15: No such place.", ""),
        mistake(
            "pipeline: p\nlimits: {dept: 3}\n" + SOURCE,
            "2:10: Unknown key 'dept' in 'limits'",
            "'depth'"),
        mistake(
            "pipeline: p\nlimits: {line-bytes: 3 miles}\n" + SOURCE,
            "2:22: 'line-bytes' in 'limits' is '3 miles', expected a size such as 64MiB.",
            ""),
        mistake(
            "pipeline: p\nlimits: {line-bytes: 4GB}\n" + SOURCE,
            "2:22: 'line-bytes' in 'limits' is",
            ""),
        mistake(
            "pipeline: p\ndestination: {catalog: ress}\ncatalogs: {rest: {type: rest}}\n" + SOURCE,
            "2:24: No catalog 'ress' below 'catalogs'.",
            "'rest'"),
        mistake(
            "pipeline: p\ncatalogs: {a: {type: rest}, b: {type: rest}}\n" + SOURCE,
            "There are several catalogs: a, b.",
            "destination"),
        mistake(
            "pipeline: p\nsources:\n  s: {type: things, resources: [a]}\n  t: {type: things, resources: [a]}\n",
            "3:3: Two resources are named 'a' and fill the table a.",
            "another name"),
        mistake(
            "pipeline: ${env:NOBODY_SET_THIS}\n" + SOURCE,
            "1:11: The environment variable",
            "${env:"),
        mistake(
            "pipeline: ${run.id}\n" + SOURCE,
            "1:11: ${run.id} is known during a run only",
            "sources"),
        mistake(resource("table: '${run.nw}'"), "2:52: Nothing fills in ${run.nw}.", "run.now"),
        mistake(
            resource("table: '${run.ds | fmt:yy}'"), "'fmt:yy' is no form for ${run.ds}", "iso"),
        mistake(resource("table: '${run.ds | format:{{}'"), "is no date pattern", "yyyy"),
        mistake(resource("table: 'a${env:X'"), "The template '${env:X' has no end.", "$${"),
        mistake(resource("table: '${var:nme}'"), "No variable 'nme' in 'vars'.", ""),
        mistake(resource("table: '${secret:tok}'"), "No secret 'tok'.", "FIRN_SECRET_TOK"),
        mistake(resource("table: '${file:no.txt}'"), "There is no file", "pipeline.yaml"),
        mistake(
            "pipeline: p\nvars: {a: '${var:a}'}\n" + SOURCE,
            "2:11: The variables a need each other",
            "value"));
  }

  private static Arguments mistake(String yaml, String message, String hint) {
    return Arguments.of(yaml, message, hint);
  }

  private static String resource(String keys) {
    return "pipeline: p\nsources: {s: {type: things, resources: {r: {" + keys + ", path: x}}}}\n";
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedAtItsPlaceWithWhatToDo(String yaml, String message, String hint)
      throws IOException {
    FirnException refused = refusal(yaml);

    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refused.getMessage()).contains("pipeline.yaml:").contains(message);
    assertThat(refused.getMessage().lines()).hasSize(1);
    assertThat(refused.hint()).contains(hint);
  }

  @Test
  void allProblemsAreReportedTogetherInTheOrderOfTheFile() throws IOException {
    FirnException refused =
        refusal(
            """
            pipeline: p
            limits: {dept: 3}
            sources:
              s:
                type: things
                resources:
                  r: {path: x, tabel: t}
                  q: {path: x, write-disposition: merge}
            """);

    List<String> lines = refused.getMessage().lines().map(String::strip).toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("3 problems:");
    assertThat(lines.get(1)).contains("pipeline.yaml:2:10: Unknown key 'dept'");
    assertThat(lines.get(2)).contains("pipeline.yaml:7:20: Unknown key 'tabel'");
    assertThat(lines.get(3)).contains("pipeline.yaml:8:39: A merge needs a key");
  }

  @Test
  void aliasesThatUnfoldWithoutEndAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (char next = 'b'; next < 'k'; next++) {
      String below = "*" + (char) (next - 1);
      bomb.append("%s: &%s [%s]\n".formatted(next, next, String.join(", ", repeated(below))));
    }

    assertThat(refusal(bomb.toString()).getMessage())
        .contains("pipeline.yaml:7:8: Not valid YAML: it has more than 50 aliases");
  }

  @Test
  void anAliasInsideItsOwnAnchorIsRefused() throws IOException {
    assertThat(refusal("vars: &v {a: *v}\n").getMessage())
        .contains("pipeline.yaml:1:14: Not valid YAML: the alias 'v' stands inside of what");
  }

  @Test
  void aMissingFileIsAnUnreadablePath() {
    FirnException refused =
        catchThrowableOfType(
            FirnException.class,
            () -> PipelineFile.read(folder.resolve("none.yaml"), Settings.NONE));

    assertThat(refused.code()).isEqualTo(ErrorCode.UNREADABLE_PATH);
    assertThat(refused.getMessage()).contains("none.yaml");
    assertThat(refused.hint()).contains("firn init");
  }

  private static List<String> repeated(String word) {
    return Stream.generate(() -> word).limit(10).toList();
  }

  private FirnException refusal(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("pipeline.yaml"), yaml);
    return catchThrowableOfType(FirnException.class, () -> PipelineFile.read(file, Settings.NONE));
  }
}
