package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.pipeline.RunReport;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Takes one command line from its words to its exit code. */
final class Firn {
  private final Console console;
  private final Engine engine;

  Firn(Console console, Engine engine) {
    this.console = console;
    this.engine = engine;
  }

  /** Does what the words say; nothing is thrown. */
  int execute(String... words) {
    GlobalOptions options = new GlobalOptions();
    Session session = new Session(console, options, engine);
    try {
      CommandLine line = Commands.line(options, words);
      return perform(line.parseArgs(words), session);
    } catch (CommandLine.ParameterException wrong) {
      return fail(Usage.explain(wrong), session, Words.wantsJson(words));
    } catch (FirnException failure) {
      return fail(failure, session, options.json());
    } catch (Exception | StackOverflowError | OutOfMemoryError bug) {
      return fail(bug(bug), session, options.json());
    }
  }

  private int perform(ParseResult parsed, Session session) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    if (last.isUsageHelpRequested()) {
      console.out().print(command.getUsageMessage(CommandLine.Help.Ansi.OFF));
      return 0;
    }
    if (last.isVersionHelpRequested()) {
      console.out().println("firn " + Version.text());
      return 0;
    }
    if (!(command.getCommand() instanceof Action action)) {
      throw Usage.commandMissing(command);
    }
    Logging.configure(session.options(), session::redactor, console.err());
    Outcome outcome = action.run(session);
    print(outcome, session);
    return outcome.exitCode();
  }

  private void print(Outcome outcome, Session session) {
    Redactor redactor = session.redactor();
    if (session.options().json()) {
      console.out().println(Masked.of(outcome.document(), redactor));
    } else if (!outcome.text().isEmpty()) {
      console.out().println(redactor.redact(outcome.text()));
    }
  }

  private int fail(FirnException failure, Session session, boolean json) {
    session.explain(failure);
    int exitCode = failure.code().exitCode();
    if (json) {
      console.out().println(document(failure, exitCode, session.redactor()));
    }
    return exitCode;
  }

  private static JsonNode document(FirnException failure, int exitCode, Redactor redactor) {
    ObjectNode error = RunReport.errorDocument(failure, redactor);
    return Session.document().put("exitCode", exitCode).set("error", error);
  }

  private static FirnException bug(Throwable bug) {
    return new FirnException(
        ErrorCode.BUG,
        bug.getClass().getSimpleName() + ": " + bug.getMessage(),
        "This is a fault in Firn itself: run again with -vv and report what it prints.",
        bug);
  }
}
