package dev.firn.iceberg.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.iceberg.testkit.TableDigest;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Spark in a process of its own: the runtime jar carries an Iceberg bound to a Parquet of its own,
 * which must not meet the one that writes.
 */
final class SparkProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;
  private final Path log;

  private SparkProcess(Process process, Path log) {
    this.process = process;
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param folder takes its files
   */
  static SparkProcess start(Path folder) throws IOException {
    Path log = folder.resolve("spark.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
    command.addAll(List.of("-cp", classPath(), SparkReader.class.getName(), folder.toString()));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile()).start();
    return new SparkProcess(process, log);
  }

  /** The tests' own without Iceberg's separate jars. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> isOfSpark(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isOfSpark(String jar) {
    return !jar.startsWith("iceberg-") || jar.startsWith("iceberg-spark-runtime");
  }

  /**
   * What Spark sees in a table.
   *
   * @param metadata the file with the table's metadata
   */
  TableDigest digest(Path metadata) {
    try {
      questions.write(metadata + "\n");
      questions.flush();
      return JSON.readValue(answer(), TableDigest.class);
    } catch (IOException e) {
      throw new AssertionError("Spark does not answer:\n" + logged(), e);
    }
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    while (line != null && !line.startsWith(SparkReader.ANSWER)) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new EOFException("The process has ended.");
    }
    return line.substring(SparkReader.ANSWER.length());
  }

  private String logged() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
