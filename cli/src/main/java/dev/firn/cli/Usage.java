package dev.firn.cli;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line and what would be right. */
final class Usage {
  private Usage() {}

  static FirnException explain(CommandLine.ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    return new FirnException(ErrorCode.INVALID_CONFIG, sentence(message), hint(wrong), wrong);
  }

  private static String hint(CommandLine.ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String help = "See '" + command.getCommandSpec().qualifiedName() + " --help'.";
    List<String> close =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    if (close.isEmpty() && wrong instanceof UnmatchedArgumentException e && e.isUnknownOption()) {
      return "Options: " + options(command) + ". " + help;
    }
    if (close.isEmpty() && !command.getSubcommands().isEmpty()) {
      return "Commands: " + names(command) + ". " + help;
    }
    return close.isEmpty() ? help : "Did you mean " + either(close) + "? " + help;
  }

  private static String either(List<String> words) {
    return words.stream()
        .limit(3)
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" or "));
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message : message + ".";
  }

  /** The failure of a command that only groups others, such as {@code firn table}. */
  static FirnException commandMissing(CommandLine group) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "'" + group.getCommandSpec().qualifiedName() + "' needs a command.",
        "Commands: " + names(group) + ".");
  }

  private static String names(CommandLine group) {
    return String.join(", ", group.getSubcommands().keySet());
  }

  private static String options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
