package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder without a pipeline has the same layers as one with a pipeline. */
class ImpliedProjectTest {
  @TempDir Path folder;

  @BeforeEach
  void aFile() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"id\":1}\n");
  }

  @Test
  void overridesApplyWhereNoPipelineIsWritten() {
    CommandLineRun load = firn("load", "a.jsonl", "t", "--set", "destination.namespace=lab");
    CommandLineRun list =
        firn("table", "list", "--set", "catalogs.local.warehouse=.firn/warehouse");

    assertThat(load.out()).as(load.err()).contains("create lab.t: 1 inserted");
    assertThat(list.out()).as(list.err()).contains("lab.t");
  }

  @Test
  void variablesOfTheEnvironmentApplyToo() {
    Map<String, String> environment = Map.of("FIRN__CATALOGS__LOCAL__URI", "jdbc:sqlite:other.db");

    CommandLineRun load =
        CommandLineRun.in(folder, environment, Engine.LIBRARY, "load", "a.jsonl", "t");

    assertThat(load.exitCode()).as(load.err()).isZero();
    assertThat(folder.resolve("other.db")).exists();
    assertThat(folder.resolve(".firn/catalog.db")).doesNotExist();
  }

  @Test
  void aProfileAppliesToo() throws IOException {
    Files.writeString(
        folder.resolve("profiles.yaml"), "profiles: {lab: {destination: {namespace: lab}}}\n");

    assertThat(firn("load", "a.jsonl", "t", "-p", "lab").out()).contains("create lab.t");
    assertThat(firn("load", "a.jsonl", "t", "-p", "lb").line("error"))
        .contains("There is no profile 'lb'");
  }

  @Test
  void aMisspeltOverrideIsRefused() {
    CommandLineRun load = firn("load", "a.jsonl", "t", "--set", "limits.thread=2");

    assertThat(load.exitCode()).isEqualTo(2);
    assertThat(load.line("error")).contains("--set limits.thread: Unknown key 'thread'");
    assertThat(load.line("hint")).contains("'threads'");
  }

  @Test
  void whatOnlyAPipelineHasIsRefused() {
    CommandLineRun load =
        firn(
            "load",
            "a.jsonl",
            "t",
            "--set",
            "sources={s: {type: files, resources: {r: {path: x}}}}");

    assertThat(load.exitCode()).isEqualTo(2);
    assertThat(load.line("error")).contains("--set sources:1:1: There is no pipeline.yaml here");
  }

  @Test
  void anOptionOfTheFormatThatIsRepeatedIsAList() throws IOException {
    Files.writeString(folder.resolve("n.csv"), "id,n\n1,NA\n2,\n3,7\n");

    CommandLineRun load =
        firn("load", "n.csv", "t", "--option", "null-if=NA", "--option", "null-if=");
    CommandLineRun show = firn("table", "show", "t", "--rows", "3");

    assertThat(load.exitCode()).as(load.err()).isZero();
    assertThat(show.out()).as("NA and nothing are null").containsPattern("(?m)^\\s*n +long");
  }

  @Test
  void aTableThatCannotBeReadHidesNoOtherOne() throws IOException {
    firn("load", "a.jsonl", "broken");
    firn("load", "a.jsonl", "sound");
    try (Stream<Path> files = Files.walk(folder.resolve(".firn/warehouse"))) {
      for (Path file : files.filter(f -> f.toString().matches(".*/broken/.*json")).toList()) {
        Files.delete(file);
      }
    }

    CommandLineRun list = firn("table", "list");

    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.out()).containsPattern("sound +1 row");
    assertThat(list.out()).containsPattern("broken +cannot be read: ");
  }

  private CommandLineRun firn(String... words) {
    return CommandLineRun.in(folder, words);
  }
}
