package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users get wrong: each ends with its exit code, one line that says what, and a hint. */
class MistakesTest {
  @TempDir Path folder;

  @BeforeEach
  void aProjectWithItsOwnMistakes() throws IOException {
    write("pipeline.yaml", pipeline("path: data.jsonl, table: raw.t"));
    write("typo.yaml", pipeline("path: data.jsonl, tabel: raw.t"));
    write("nokey.yaml", pipeline("path: data.jsonl, write-disposition: merge"));
    write("nofile.yaml", pipeline("path: missing.jsonl, table: raw.t"));
    write("badformat.yaml", pipeline("path: data.jsonl, format: xls"));
    write("nosource.yaml", "pipeline: p\nsources: {s: {type: filez, resources: {r: {path: x}}}}\n");
    write("nodest.yaml", pipeline("path: data.jsonl") + "destination: {type: delta}\n");
    write("nocatalog.yaml", pipeline("path: data.jsonl") + "catalogs: {c: {type: jdb}}\n");
    write("nodriver.yaml", pipeline("path: data.jsonl") + "catalogs: {c: {uri: 'jdbc:nope:x'}}\n");
    Files.createDirectories(folder.resolve("occupied"));
    write("occupied/.firn", "");
    write("occupied/pipeline.yaml", pipeline("path: ../data.jsonl"));
    write("noenv.yaml", pipeline("path: '${env:NOT_THERE}'"));
    write("broken.yaml", "pipeline: [p\n");
    write("latin.yaml", "");
    Files.write(folder.resolve("latin.yaml"), new byte[] {'p', ':', ' ', (byte) 0xe9});
    write("data.jsonl", "{\"a\":1}\n");
    write("data.xyz", "{}");
    Files.createDirectories(folder.resolve("drop"));
  }

  private static String pipeline(String keys) {
    return "pipeline: p\nsources: {s: {type: files, resources: {r: {" + keys + "}}}}\n";
  }

  static Stream<Arguments> mistakesWhateverFollows() {
    return mistakes().filter(each -> !each.get()[0].toString().matches("run (-f|--output xml)"));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // the command line
        mistake("", 2, "'firn' needs a command", "Commands: init, run"),
        mistake("rnu", 2, "Unknown command 'rnu'.", "Did you mean 'run'?"),
        mistake("rn", 2, "Unknown command 'rn'.", "Did you mean 'run'?"),
        mistake("frobnicate", 2, "Unknown command 'frobnicate'.", "Commands: init, run"),
        mistake("table", 2, "'firn table' needs a command", "list, show, history"),
        mistake("table shwo x", 2, "'shwo'", "Did you mean 'show'?"),
        mistake("run --slect x", 2, "Unknown options: '--slect'", "--select"),
        mistake("run --output xml", 2, "'--output'", "--help"),
        mistake("run -f", 2, "Missing required parameter for option '--file'", "--help"),
        mistake("load data.jsonl", 2, "Missing required parameter: 'TABLE'", "--help"),
        mistake("load data.jsonl t --option header", 2, "--option is 'header'", "header=false"),
        mistake("table show raw.t --rows many", 2, "'many' is not an int", "--help"),
        mistake("init nothing", 2, "There is no template 'nothing'", "files, java, merge"),
        mistake("init", 2, "There already is pipeline.yaml in this folder", "overwrites nothing"),
        // files
        mistake("run -f none.yaml", 2, "There is no file", "firn init"),
        mistake("run -f drop", 2, "is a directory", "may read"),
        mistake("validate -f latin.yaml", 2, "is not UTF-8", "UTF-8"),
        mistake("validate -f broken.yaml", 2, "broken.yaml:2:1: Not valid YAML", ""),
        mistake("run --env-file none.env", 2, "There is no file", "--env-file"),
        // what the pipeline says
        mistake("validate --set version=2", 2, "is '2', expected 1.", ""),
        mistake("validate -f typo.yaml", 2, "typo.yaml:2:62: Unknown key 'tabel'", "'table'"),
        mistake("validate -f nokey.yaml", 2, "A merge needs a key", "primary-key"),
        mistake("validate -f noenv.yaml", 2, "The environment variable NOT_THERE", "${env:"),
        mistake("validate -f nosource.yaml", 2, "No source type 'filez' is installed", "files"),
        mistake("run -f nodest.yaml", 2, "No destination type 'delta'", "Installed: iceberg"),
        mistake("validate -f nodest.yaml", 2, "nodest.yaml:3:21: No destination", "iceberg"),
        mistake(
            "run -f nocatalog.yaml",
            2,
            "'jdb'. Installed: dremio, jdbc, nessie, polaris, rest.",
            "catalogs.c.type"),
        mistake("validate -f nocatalog.yaml", 2, "nocatalog.yaml:3:22: No catalog type", "jar"),
        mistake(
            "validate -f nodriver.yaml", 2, "nodriver.yaml:3:15: Catalog 'c': no JDBC", "sqlite"),
        mistake("load data.jsonl t --set catalogs.local.uri=jdbc:nope:x", 2, "'jdbc:nope:'", "uri"),
        mistake("run -f occupied/pipeline.yaml", 2, ".firn is a file", "Move the file away"),
        mistake("table list -f occupied/pipeline.yaml", 2, ".firn is a file", "Move the file"),
        mistake("run -f badformat.yaml", 2, "'xls'", "docs/files.md"),
        mistake("validate -f badformat.yaml", 2, "'xls'", "docs/files.md"),
        mistake("run -p prod", 2, "There is no profile 'prod'", "profiles"),
        mistake("run --set limits.thread=2", 2, "--set limits.thread: Unknown key", "'threads'"),
        mistake("run --set limits", 2, "--set limits: Expected key=value", "limits.threads=2"),
        mistake("run --set limits.threads=two", 2, "'two', expected a whole number", ""),
        mistake("run --set limits.line-bytes=9000GiB", 2, "'line-bytes' in 'limits'", ""),
        mistake("run --select q", 2, "There is no resource q.", "Resources: s.r."),
        mistake("plan --select s.q,r", 2, "There is no resource s.q.", "Resources: s.r."),
        // input
        mistake("run -f nofile.yaml", 2, "missing.jsonl", ""),
        mistake("load missing.jsonl raw.t", 2, "missing.jsonl", ""),
        mistake("load drop raw.t", 2, "drop", ""),
        mistake("load data.xyz raw.t", 2, "data.xyz", ""),
        mistake("load data.jsonl raw..t", 2, "'raw..t' is no table name", "namespace.table"),
        mistake(
            "load data.jsonl raw.t --write-disposition merge",
            2,
            "A merge needs a key",
            "--primary"),
        mistake(
            "load data.jsonl raw.t --write-disposition upsert", 2, "'upsert'", "append, replace"),
        mistake("load data.jsonl raw.t --partition-by dy(a)", 2, "'dy(a)' is no partition", "day"),
        mistake("load data.jsonl raw.t --format xls", 2, "'xls'", ""),
        mistake("load data.jsonl raw.t --on-error ignore", 2, "ignore", ""),
        mistake("load data.jsonl \"..\".t", 2, "'\"..\".t' is no table name", "namespace.table"),
        mistake("load data.jsonl \"a/b\".t", 2, "'\"a/b\".t' is no table name", ""),
        mistake("load data.jsonl \".\".\".\"", 2, "is no table name", ""),
        mistake("load data.jsonl t --primary-key a,,b", 2, "has no name", "several"),
        mistake(
            "validate --set sources.s.resources.r.primary-key=[a,\"\"]",
            2,
            "A column of the primary key has no name",
            "several"),
        mistake("load data.jsonl ..", 2, "'..' is no table name", "namespace.table"),
        // tables and packages
        mistake("table show raw.t --rows -1", 2, "--rows is -1", "0 or more"),
        mistake("table show raw.t", 2, "There is no table raw.t", "run the pipeline first"),
        mistake("table history raw.t", 2, "There is no table raw.t", "run the pipeline first"),
        mistake("schema show t", 2, "There is no table p.t", "run the pipeline first"),
        mistake("packages show 01X", 2, "There is no pending load 01X", "packages list"),
        mistake("packages drop 01X", 2, "There is no pending load 01X", "packages list"));
  }

  private static Arguments mistake(String words, int exitCode, String message, String hint) {
    return Arguments.of(words, exitCode, message, hint);
  }

  @ParameterizedTest(name = "firn {0}")
  @MethodSource("mistakes")
  void aMistakeHasOneLineAHintAndItsExitCode(
      String words, int exitCode, String message, String hint) {
    CommandLineRun run = CommandLineRun.in(folder, split(words));

    assertThat(run.line("error")).as(run.err()).contains(message);
    assertThat(run.line("hint")).as(run.err()).contains(hint);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err().lines()).as("error and hint, nothing else").hasSizeLessThanOrEqualTo(2);
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @ParameterizedTest(name = "firn {0} --output json")
  @MethodSource("mistakesWhateverFollows")
  void aMistakeIsOneJsonDocumentToo(String words, int exitCode, String message, String hint) {
    CommandLineRun run = CommandLineRun.in(folder, split((words + " --output json").strip()));

    JsonNode document = run.document();
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(document.path("exitCode").asInt()).isEqualTo(exitCode);
    assertThat(document.path("error").path("message").asText()).contains(message);
    assertThat(document.path("error").path("hint").asText()).contains(hint);
    assertThat(document.path("error").path("retryable").asBoolean()).isFalse();
  }

  @Test
  void aLineThatCannotBeParsedStillSaysWhetherItWantsJson() {
    CommandLineRun asked = CommandLineRun.in(folder, "run", "--nope", "--output=json");
    CommandLineRun unasked = CommandLineRun.in(folder, "load", "json", "t", "--bogus");

    assertThat(asked.document().path("exitCode").asInt()).isEqualTo(2);
    assertThat(unasked.exitCode()).isEqualTo(2);
    assertThat(unasked.out()).isEmpty();
  }

  private static String[] split(String words) {
    return words.isEmpty() ? new String[0] : words.split(" ");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
