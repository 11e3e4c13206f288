package dev.firn.iceberg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.load.LoadObserver;
import dev.firn.load.WriteDisposition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that appends to the orders of {@link DestinationFixture}. It opens the
 * catalog, says so, and writes when it is told to.
 */
final class WriterProcess implements AutoCloseable {
  /** How many loads, of one row each, it commits. */
  static final int LOADS = 5;

  private static final String READY = "ready";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;

  private WriterProcess(Process process) {
    this.process = process;
    this.orders = process.outputWriter(UTF_8);
    this.answers = process.inputReader(UTF_8);
  }

  /** Starts one on a catalog that is found by its type, and waits until it is connected. */
  static WriterProcess start(
      CatalogProvider provider, CatalogConfig config, String pipeline, long firstId)
      throws IOException {
    ObjectNode settings = config.settings().deepCopy();
    settings.put("type", provider.type());
    WriterProcess writer =
        new WriterProcess(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WriterProcess.class.getName(),
                    config.projectFolder().toString(),
                    pipeline,
                    Long.toString(firstId))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    writer.say(JSON.writeValueAsString(settings)); // not as an argument: it may hold secrets
    return writer;
  }

  private void say(String line) throws IOException {
    orders.write(line + "\n");
    orders.flush();
  }

  /** Lets it write; it waits to be connected first. */
  void go() throws IOException {
    String answer = answers.readLine();
    if (!READY.equals(answer)) {
      throw new AssertionError("The writer did not connect: " + answer);
    }
    say("go");
  }

  /** Waits until all its loads are committed. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError("The writer did not end well: " + process);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process: project, pipeline and first id as arguments, settings as a line of input. */
  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(arguments[0]);
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    DestinationConfig config =
        new DestinationConfig("lake", JSON.readTree(input.readLine()), project);
    try (Destination destination = new IcebergDestinationProvider().open(config)) {
      destination.metadata().current(DestinationFixture.ORDERS);
      System.out.println(READY);
      input.readLine();
      for (int i = 0; i < LOADS; i++) {
        TestLoad load =
            TestLoad.into(DestinationFixture.ORDER_COLUMNS, WriteDisposition.APPEND)
                .of(arguments[1])
                .rows(DestinationFixture.order(Long.parseLong(arguments[2]) + i, arguments[1]));
        destination.commit(
            load.stage(destination, project), load.folder(project), LoadObserver.NONE);
      }
    }
  }
}
