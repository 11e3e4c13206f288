package dev.firn.cli;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line and what would be right. */
final class Usage {
  private Usage() {}

  static FirnException explain(CommandLine.ParameterException wrong) {
    Optional<FirnException> command = unknownCommand(wrong);
    if (command.isPresent()) {
      return command.get();
    }
    String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    return new FirnException(ErrorCode.INVALID_CONFIG, sentence(message), hint(wrong), wrong);
  }

  /** A word where a command is expected, with the commands that it may have meant. */
  private static Optional<FirnException> unknownCommand(CommandLine.ParameterException wrong) {
    CommandLine group = wrong.getCommandLine();
    if (!(wrong instanceof UnmatchedArgumentException unmatched)
        || unmatched.isUnknownOption()
        || group.getSubcommands().isEmpty()) {
      return Optional.empty();
    }
    String word = unmatched.getUnmatched().get(0);
    Collection<String> known = Commands.in(group);
    List<String> close = known.stream().filter(name -> isClose(word, name)).toList();
    String hint =
        close.isEmpty()
            ? "Commands: " + String.join(", ", known) + "."
            : "Did you mean " + either(close) + "?";
    return Optional.of(
        new FirnException(
            ErrorCode.INVALID_CONFIG, "Unknown command '" + word + "'.", hint, wrong));
  }

  /** Whether one letter more, less, another or two swapped make the words the same. */
  private static boolean isClose(String word, String name) {
    int same = 0;
    int shorter = Math.min(word.length(), name.length());
    while (same < shorter && word.charAt(same) == name.charAt(same)) {
      same++;
    }
    String a = word.substring(same);
    String b = name.substring(same);
    return rest(a, 1).equals(b)
        || a.equals(rest(b, 1))
        || rest(a, 1).equals(rest(b, 1))
        || (rest(a, 2).equals(rest(b, 2)) && swapped(a).equals(b));
  }

  private static String rest(String text, int from) {
    return text.substring(Math.min(from, text.length()));
  }

  private static String swapped(String text) {
    return text.length() < 2 ? text : "" + text.charAt(1) + text.charAt(0) + text.substring(2);
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
