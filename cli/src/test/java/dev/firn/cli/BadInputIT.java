package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.Settings;
import dev.firn.schema.TableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Input and surroundings that a load cannot work with: the exit code, one message, nothing
 * half-loaded, a clean next run.
 */
class BadInputIT {
  private static final String PROJECT =
      """
      version: 1
      pipeline: t
      sources: { drops: { type: files, resources: { other: { path: other.jsonl } } } }
      """;

  private static final String GOOD = "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n";

  @TempDir Path project;

  @BeforeEach
  void writeProject() throws IOException {
    Files.writeString(project.resolve("pipeline.yaml"), PROJECT);
  }

  static Stream<Arguments> brokenFiles() {
    return Stream.of(
        broken("truncated.jsonl", GOOD + "{\"id\":3,", 1, "MALFORMED_DATA", "truncated.jsonl:3:"),
        broken(
            "utf8.jsonl",
            GOOD + "{\"id\":3,\"name\":\"x\u00ff\"}\n",
            1,
            "MALFORMED_DATA",
            "utf8.jsonl:3:18"),
        broken(
            "duplicate.jsonl",
            GOOD + "{\"id\":3,\"id\":4}\n",
            1,
            "DUPLICATE_KEY",
            "duplicate.jsonl:3:"),
        broken("spellings.jsonl", "{\"userId\":3,\"user_id\":4}\n", 1, "NAME_COLLISION", "userId"),
        broken(
            "deep.jsonl",
            "[".repeat(5000) + "]".repeat(5000) + "\n",
            1,
            "LIMIT_EXCEEDED",
            "deep.jsonl:1:"),
        broken("wide.jsonl", wide(), 1, "LIMIT_EXCEEDED", "2000 columns"),
        broken("number.jsonl", "{\"id\":01}\n", 1, "MALFORMED_DATA", "number.jsonl:1:"),
        broken("many.csv", "a,b\n1,2\n1,2,3\n", 1, "MALFORMED_DATA", "many.csv:3:"),
        broken("header.csv", "a,a\n1,2\n", 1, "MALFORMED_DATA", "header.csv:1:"),
        broken("cut.jsonl.gz", "\u001f\u008b\b\0\0\0\0\0", 1, "MALFORMED_DATA", "cut.jsonl.gz"));
  }

  private static Arguments broken(String name, String latin1, int exit, String code, String place) {
    return Arguments.of(name, latin1.getBytes(StandardCharsets.ISO_8859_1), exit, code, place);
  }

  private static String wide() {
    StringBuilder text = new StringBuilder("{\"k0\":0");
    for (int i = 1; i < 10_000; i++) {
      text.append(",\"k").append(i).append("\":").append(i);
    }
    return text.append("}\n").toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenFiles")
  void aBrokenFileLoadsNothing(String name, byte[] bytes, int exit, String code, String place)
      throws IOException {
    Files.write(project.resolve(name), bytes);

    CommandLineRun run = load(name);

    assertFails(run, exit, code, place);
    assertThat(table()).isEmpty();
    assertThat(dataFiles()).isEmpty();
    assertTheNextLoadIsClean();
  }

  @Test
  void aLineOfAHundredMegabytesIsRefusedWithItsPlace() throws IOException {
    byte[] chunk = new byte[1 << 20];
    Arrays.fill(chunk, (byte) 'x');
    try (OutputStream out = Files.newOutputStream(project.resolve("long.jsonl"))) {
      out.write("{\"a\":\"".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 100; i++) {
        out.write(chunk);
      }
      out.write("\"}\n".getBytes(StandardCharsets.US_ASCII));
    }

    assertFails(load("long.jsonl"), 1, "LIMIT_EXCEEDED", "long.jsonl:1");
    assertThat(table()).isEmpty();
    assertTheNextLoadIsClean();
  }

  @Test
  void anEmptyFileLoadsNothingAndSaysSo() throws IOException {
    Files.createFile(project.resolve("empty.jsonl"));

    CommandLineRun run = load("empty.jsonl");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err() + run.out()).contains("empty.jsonl").contains("empty");
    assertThat(table()).isEmpty();
    assertTheNextLoadIsClean();
  }

  @Test
  void aPathThatIsNoReadableFileIsAUsageError() throws IOException {
    Files.createDirectory(project.resolve("folder"));

    assertFails(load("missing.jsonl"), 2, "UNREADABLE_PATH", "missing.jsonl");
    assertFails(load("folder"), 2, "UNREADABLE_PATH", "folder");
    assertThat(table()).isEmpty();
  }

  @Test
  void aFileWithoutPermissionIsAUsageError() throws IOException {
    Path file = project.resolve("secret.jsonl");
    Files.writeString(file, GOOD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(file), "the super-user can read every file");

    assertFails(load("secret.jsonl"), 2, "UNREADABLE_PATH", "secret.jsonl");
  }

  @Test
  void aLockedCatalogFileEndsTheLoadAndTheNextIsClean() throws Exception {
    assertTheNextLoadIsClean();
    Files.writeString(project.resolve("more.jsonl"), GOOD);
    Path catalog = project.resolve(".firn/catalog.db");
    Files.writeString(
        project.resolve("pipeline.yaml"),
        PROJECT
            + """
        destination: { type: iceberg, catalog: local }
        catalogs: { local: { type: jdbc, properties: { jdbc.busy_timeout: "200" } } }
        """);

    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + catalog)) {
      other.createStatement().execute("BEGIN EXCLUSIVE");
      assertFails(load("more.jsonl"), 5, "CATALOG_LOCKED", "catalog");
    }

    assertThat(load("more.jsonl").exitCode()).isZero();
    assertThat(rows()).isEqualTo(4);
  }

  @Test
  void twoRunsAtOnceAreRefused() throws IOException {
    Files.writeString(project.resolve("good.jsonl"), GOOD);
    Path locks = Files.createDirectories(project.resolve(".firn/locks"));

    try (FileChannel other =
        FileChannel.open(
            locks.resolve("load.t.rows.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      other.lock();
      assertFails(load("good.jsonl"), 6, "ALREADY_RUNNING", "rows");
    }

    assertThat(table()).isEmpty();
    assertTheNextLoadIsClean();
  }

  @Test
  void aFullDiskEndsTheLoadAndTheNextIsClean() throws Exception {
    Path disk = Files.createDirectory(project.resolve("disk"));
    assumeTrue(mount(disk), "no right to mount a file system of limited size");
    try {
      Files.writeString(
          project.resolve("pipeline.yaml"),
          PROJECT
              + """
          destination: { type: iceberg, catalog: small }
          catalogs:
            small: { type: jdbc, uri: "jdbc:sqlite:.firn/catalog.db", warehouse: disk }
          """);
      Files.write(project.resolve("big.jsonl"), incompressible(60_000));

      assertFails(load("big.jsonl"), 5, "DESTINATION_FULL", "");

      assertThat(dataFiles(disk)).isEmpty();
      assertTheNextLoadIsClean();
    } finally {
      new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
  }

  @ParameterizedTest(name = "{0} bytes left")
  @ValueSource(ints = {0, 4_096, 8_192, 12_288, 16_384, 20_480})
  void aFullDiskBelowThePackageEndsTheLoadAndTheNextIsClean(int left) throws Exception {
    Path packages = Files.createDirectory(project.resolve(".firn"));
    assumeTrue(mount(packages), "no right to mount a file system of limited size");
    try {
      Files.writeString(
          project.resolve("pipeline.yaml"),
          PROJECT
              + """
          destination: { type: iceberg, catalog: other }
          catalogs:
            other: { type: jdbc, uri: "jdbc:sqlite:catalog.db", warehouse: lake }
          """);
      Files.writeString(
          project.resolve("orders.jsonl"),
          "{\"id\":1,\"lines\":[{\"n\":1},{\"n\":2}]}\n{\"id\":2,\"lines\":[{\"n\":3}]}\n");
      Files.write(packages.resolve("filler"), new byte[(1 << 20) - left]);

      CommandLineRun run =
          CommandLineRun.in(
              project,
              "load",
              "orders.jsonl",
              "t.rows",
              "--write-disposition",
              "merge",
              "--primary-key",
              "id");

      boolean sealed = run.exitCode() == 0 || !manifests(packages).isEmpty();
      if (run.exitCode() != 0) {
        assertFails(run, 5, "DESTINATION_FULL", "");
        assertThat(dataFiles().toList()).hasSize(sealed ? 2 : 0);
      }
      Files.delete(packages.resolve("filler"));
      assertTheNextLoadBrings(sealed ? 4 : 2);
    } finally {
      new ProcessBuilder("umount", packages.toString()).start().waitFor();
    }
  }

  private static boolean mount(Path disk) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString())
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static byte[] incompressible(int rows) {
    Random random = new Random(7);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < rows; i++) {
      String line =
          "{\"id\":"
              + i
              + ",\"text\":\""
              + Long.toHexString(random.nextLong())
              + Long.toHexString(random.nextLong())
              + Long.toHexString(random.nextLong())
              + "\"}\n";
      out.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  private CommandLineRun load(String file) {
    return CommandLineRun.in(project, "load", file, "t.rows");
  }

  private static void assertFails(CommandLineRun run, int exit, String code, String place) {
    assertThat(run.line("error")).startsWith("error: " + code).contains(place);
    assertThat(run.line("hint")).isNotEmpty();
    assertThat(run.exitCode()).isEqualTo(exit);
    assertThat(run.err()).doesNotContain("\tat ");
  }

  private static List<Path> manifests(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("manifest.json")).toList();
    }
  }

  private void assertTheNextLoadIsClean() throws IOException {
    assertTheNextLoadBrings(2);
  }

  /** Two rows of its own, and those of a sealed package. */
  private void assertTheNextLoadBrings(long rows) throws IOException {
    Files.writeString(project.resolve("good.jsonl"), GOOD);
    assertThat(load("good.jsonl").exitCode()).isZero();
    assertThat(rows()).isEqualTo(rows);
    assertThat(project.resolve(".firn/packages")).isEmptyDirectory();
  }

  private Optional<LiveTable> table() {
    try (Destination destination =
        Pipelines.openDestination(
            PipelineFile.read(project.resolve("pipeline.yaml"), Settings.NONE).spec())) {
      return destination.metadata().current(TableName.parse("t.rows"));
    }
  }

  private long rows() {
    return table().orElseThrow().rows().orElseThrow();
  }

  private Stream<Path> dataFiles() throws IOException {
    return dataFiles(project);
  }

  private static Stream<Path> dataFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList().stream();
    }
  }
}
