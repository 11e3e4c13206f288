package dev.firn.cli;

import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The command as a process that falls asleep once, before its first commit is sent. It says nothing
 * to other runs meanwhile: its lease is renewed only while it reads.
 */
public final class PausedCommand {
  private static final String ASLEEP = "asleep";

  private PausedCommand() {}

  /** Takes the words of the command. */
  public static void main(String[] words) {
    System.exit(new Firn(Console.ofProcess(), new Sleeper()).execute(words));
  }

  /** Starts one in a folder and waits until it sleeps. */
  static Process start(Path folder, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx256m"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve(".firn/tmp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PausedCommand.class.getName());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    StringBuilder printed = new StringBuilder();
    String line;
    do {
      line = process.inputReader().readLine();
      printed.append(line).append('\n');
    } while (line != null && !line.equals(ASLEEP));
    if (line == null) {
      throw new AssertionError("It has not fallen asleep:\n" + printed);
    }
    return process;
  }

  private static final class Sleeper implements Engine, LoadObserver {
    private final AtomicBoolean slept = new AtomicBoolean();

    @Override
    public RunReport run(PipelineSpec spec, RunOptions options) {
      return Pipelines.run(spec, new RunOptions(options.select(), this));
    }

    @Override
    public PipelinePlan plan(PipelineSpec spec, RunOptions options) {
      return Pipelines.plan(spec, options);
    }

    @Override
    public void committing(LoadId load, TableName table) {
      if (slept.getAndSet(true)) {
        return;
      }
      System.out.println(ASLEEP);
      System.out.flush();
      try {
        System.in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
