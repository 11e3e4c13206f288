package dev.firn.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.firn.error.Redactor;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Sends log lines to the error stream, without secrets; no file configures it. */
final class Logging {
  // Clients of storages that log as an error what they throw, too: it is told once, by the command.
  private static final List<String> TELLING_TWICE =
      List.of("com.azure", "org.apache.iceberg.azure");

  private Logging() {}

  static void configure(GlobalOptions options, Supplier<Redactor> redactor, PrintStream err) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      context.reset();
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      root.setLevel(options.verbosity() > 1 ? Level.INFO : Level.ERROR);
      if (options.verbosity() < 2) {
        TELLING_TWICE.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
      }
      context.getLogger("dev.firn").setLevel(level(options.verbosity()));
      LogLines lines = new LogLines(err, redactor, options.logFormat);
      lines.setContext(context);
      lines.start();
      root.addAppender(lines);
    }
  }

  private static Level level(int verbosity) {
    return switch (verbosity) {
      case -1 -> Level.ERROR;
      case 0 -> Level.WARN;
      case 1 -> Level.INFO;
      default -> Level.DEBUG;
    };
  }
}
