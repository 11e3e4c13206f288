package dev.firn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has. */
@SuppressWarnings("NullAway.Init") // picocli sets every field when it parses a command line
final class GlobalOptions {
  /** The forms of a command's result. */
  enum Output {
    TEXT,
    JSON
  }

  /** The forms of log lines. */
  enum LogFormat {
    TEXT,
    JSON
  }

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The pipeline's file; pipeline.yaml in this folder when absent.")
  @Nullable Path file;

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The profile to lay over the file.")
  @Nullable String profile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Sets one key, such as limits.threads=2; wins over everything.")
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "A file of NAME=value lines, below the environment.")
  @Nullable Path envFile;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      scope = ScopeType.INHERIT,
      defaultValue = "text",
      description = "The form of the result; json prints one document as the last line.")
  Output output = Output.TEXT;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      scope = ScopeType.INHERIT,
      defaultValue = "text",
      description = "The form of log lines.")
  LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Logs each step; -vv explains decisions and shows stack traces.")
  boolean[] verbose = {};

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Prints the result only.")
  boolean quiet;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Prints no colors, as does the variable NO_COLOR.")
  boolean noColor;

  @Option(names = "--no-progress", scope = ScopeType.INHERIT, description = "Shows no progress.")
  boolean noProgress;

  boolean json() {
    return output == Output.JSON;
  }

  int verbosity() {
    return quiet ? -1 : verbose.length;
  }
}
