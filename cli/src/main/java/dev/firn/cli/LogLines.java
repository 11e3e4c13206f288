package dev.firn.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.Redactor;
import java.io.PrintStream;
import java.time.Instant;
import java.util.function.Supplier;

/** Writes log events as lines of text or JSON. */
final class LogLines extends AppenderBase<ILoggingEvent> {
  private final PrintStream err;
  private final Supplier<Redactor> redactor;
  private final GlobalOptions.LogFormat format;

  LogLines(PrintStream err, Supplier<Redactor> redactor, GlobalOptions.LogFormat format) {
    this.err = err;
    this.redactor = redactor;
    this.format = format;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String time = Instant.ofEpochMilli(event.getTimeStamp()).toString();
    String message = redactor.get().redact(event.getFormattedMessage() + cause(event));
    err.println(
        switch (format) {
          case TEXT -> time + " " + event.getLevel() + " " + event.getLoggerName() + " " + message;
          case JSON -> json(event, time, message);
        });
  }

  private static String cause(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown == null ? "" : ": " + thrown.getClassName() + ": " + thrown.getMessage();
  }

  private static String json(ILoggingEvent event, String time, String message) {
    ObjectNode line =
        Session.document()
            .put("time", time)
            .put("level", event.getLevel().toString())
            .put("logger", event.getLoggerName())
            .put("message", message);
    return line.toString();
  }
}
