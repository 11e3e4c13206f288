package dev.firn.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints completions for bash and zsh: source <(firn completion).")
final class CompletionCommand implements Action {
  @Override
  public Outcome run(Session session) {
    String script = AutoComplete.bash("firn", Commands.all());
    return Outcome.of(script, Session.document().put("script", script));
  }
}
