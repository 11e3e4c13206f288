package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Catalogs that a run cannot work with: one line, a hint, an exit code, and nothing half done. */
class CatalogMistakesTest {
  private static final String SECRET = "a-secret-token";

  @TempDir Path folder;

  private static int closedPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }

  private CommandLineRun run(String settings) throws IOException {
    Files.writeString(folder.resolve("a-file"), "in the way");
    Files.writeString(folder.resolve("orders.jsonl"), "{\"id\":1}\n");
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: shop
        catalogs: { lake: { %s } }
        destination: { catalog: lake }
        sources: { drops: { type: files, resources: { orders: { path: orders.jsonl } } } }
        """
            .formatted(settings));
    return CommandLineRun.in(folder, "run", "-vv");
  }

  private List<Path> packages() throws IOException {
    Path packages = folder.resolve(".firn").resolve("packages");
    if (!Files.exists(packages)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(packages)) {
      return all.toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: rest, uri: 'http://127.0.0.1:PORT', token: SECRET | 5 | nothing answers at http://127.0.0.1: | catalogs.lake.uri",
        "type: nessie, uri: 'http://127.0.0.1:PORT', warehouse: w, token: SECRET | 5 | nothing answers at http://127.0.0.1: | catalogs.lake.uri",
        "type: rest, uri: 'localhost:8181', token: SECRET | 2 | uri 'localhost:8181' is no http address | https://host/path",
        "type: rest, token: SECRET | 2 | has no 'uri' | catalogs.lake.uri",
        "type: rest, uri: 'http://127.0.0.1:PORT', wharehouse: w | 2 | has no key 'wharehouse' | Did you mean 'warehouse'?",
        "type: rest, uri: 'http://127.0.0.1:PORT', auth: token-exchange | 2 | auth has no keys below it | {type: ...}",
        "type: rest, uri: 'http://127.0.0.1:PORT', credential-vending: yes | 2 | credential-vending is neither true nor false | true or false",
        "type: rest, uri: 'http://127.0.0.1:PORT', properties: {a: {b: 1}} | 2 | properties.a is no plain value | with its dots",
        "type: ress, token: SECRET | 2 | No catalog type 'ress'. Installed: dremio, jdbc, nessie, polaris, rest | Did you mean 'rest'?",
        "type: polaris, uri: 'http://127.0.0.1:PORT', warehouse: w | 2 | has no 'credential' | catalogs.lake.credential",
        "type: jdbc, uri: 'jdbc:sqlite:a-file/catalog.db' | 2 | a-file is a file | another uri",
        "type: jdbc, uri: 'jdbc:nothing://host/lake' | 2 | no JDBC driver understands | plugins/",
        "class: com.example.NoCatalog | 2 | com.example.NoCatalog | plugins/",
        "type: jdbc, warehouse: 'gs://bucket/lake' | 2 | Nothing installed reads and writes 'gs:' | firn-storage-gcs",
      })
  void aMistakeIsOneLineWithAHint(String settings, int exitCode, String message, String hint)
      throws IOException {
    CommandLineRun run =
        run(settings.replace("PORT", Integer.toString(closedPort())).replace("SECRET", SECRET));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.line("error")).contains(message);
    assertThat(run.line("hint")).contains(hint);
    assertThat(run.err().lines().filter(line -> line.startsWith("error: "))).hasSize(1);
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
    assertThat(packages()).isEmpty();
  }

  @Test
  void warehouseThatCannotBeWrittenIsNamedAndTheNextRunIsClean() throws IOException {
    CommandLineRun failed = run("type: jdbc, warehouse: a-file");
    Files.delete(folder.resolve("a-file"));
    CommandLineRun next = CommandLineRun.in(folder, "run");

    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(5);
    assertThat(failed.line("error")).contains("a-file is a file, not a folder");
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(CommandLineRun.in(folder, "table", "list").out()).contains("shop.orders");
    assertThat(packages()).isEmpty();
  }
}
