package dev.firn.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.pipeline.LoadedPipeline;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.Settings;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One command line at work: its console, options and pipeline. */
final class Session {
  private final Console console;
  private final GlobalOptions options;
  private final Engine engine;
  private @Nullable LoadedPipeline pipeline;

  Session(Console console, GlobalOptions options, Engine engine) {
    this.console = console;
    this.options = options;
    this.engine = engine;
  }

  Console console() {
    return console;
  }

  GlobalOptions options() {
    return options;
  }

  Engine engine() {
    return engine;
  }

  /** The pipeline of {@code --file}, read once. */
  LoadedPipeline pipeline() {
    LoadedPipeline read = pipeline;
    if (read == null) {
      read = PipelineFile.read(file(), settings());
      pipeline = read;
    }
    return read;
  }

  /** The pipeline, or the bare project that a folder without one is. */
  PipelineSpec project() {
    if (pipeline == null && options.file == null && !Files.exists(file())) {
      pipeline = PipelineFile.implied(console.folder(), settings());
    }
    return pipeline().spec();
  }

  /** The pipeline as one file; templates for secrets and the environment stay. */
  String compiled() {
    return PipelineFile.compile(file(), settings());
  }

  /** The profile that was laid over the pipeline. */
  Optional<String> profile() {
    return pipeline == null ? Optional.empty() : pipeline.profile();
  }

  private Path file() {
    Path named = options.file == null ? Path.of(PipelineFile.NAME) : options.file;
    return console.folder().resolve(named);
  }

  private Settings settings() {
    return new Settings(
        Optional.ofNullable(options.profile),
        Optional.ofNullable(options.envFile).map(console.folder()::resolve),
        options.overrides,
        console.environment(),
        console.userHome());
  }

  /** Prints the error line and the hint; with -vv the stack trace too. */
  void explain(FirnException failure) {
    Redactor redactor = redactor();
    PrintStream err = console.err();
    err.println(red("error:") + redactor.redact(" " + failure.code() + " " + failure.getMessage()));
    if (!failure.hint().isEmpty()) {
      err.println(bold("hint:") + redactor.redact(" " + failure.hint()));
    }
    if (options.verbosity() > 1) {
      err.print(redactor.redact(stackTrace(failure)));
    }
  }

  private String red(String word) {
    return colored() ? "\u001b[1;31m" + word + "\u001b[0m" : word;
  }

  private String bold(String word) {
    return colored() ? "\u001b[1m" + word + "\u001b[0m" : word;
  }

  /** See no-color.org: any text in the variable means no. */
  private boolean colored() {
    boolean refused = !console.environment().getOrDefault("NO_COLOR", "").isEmpty();
    return console.terminal() && !options.noColor && !refused;
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /** The project's destination; the caller closes it. */
  Destination destination() {
    return Pipelines.openDestination(project());
  }

  /** Knows the secrets of everything read so far. */
  Redactor redactor() {
    return pipeline == null ? new Redactor() : pipeline.redactor();
  }

  static ObjectNode document() {
    return JsonNodeFactory.instance.objectNode();
  }
}
