package dev.firn.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The commands by name. Only those that a command line names are made: the others cost start-up.
 */
final class Commands {
  private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("init", InitCommand::new);
    ALL.put("run", RunCommand::new);
    ALL.put("load", LoadCommand::new);
    ALL.put("plan", PlanCommand::new);
    ALL.put("validate", ValidateCommand::new);
    ALL.put("compile", CompileCommand::new);
    ALL.put("contract", ContractCommand::new);
    ALL.put("table", TableCommand::new);
    ALL.put("schema", SchemaCommand::new);
    ALL.put("state", StateCommand::new);
    ALL.put("partitions", PartitionsCommand::new);
    ALL.put("packages", PackagesCommand::new);
    ALL.put("quarantine", QuarantineCommand::new);
    ALL.put("doctor", DoctorCommand::new);
    ALL.put("show-config", ShowConfigCommand::new);
    ALL.put("class-path", ClassPathCommand::new);
    ALL.put("completion", CompletionCommand::new);
    ALL.put("version", VersionCommand::new);
  }

  private Commands() {}

  @Command(
      name = "firn",
      description = "Lands records in Apache Iceberg tables.",
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true)
  static final class Root {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final GlobalOptions options;

    Root(GlobalOptions options) {
      this.options = options;
    }
  }

  /** The parser for these words. */
  static CommandLine line(GlobalOptions options, String... words) {
    Set<String> named = Arrays.stream(words).collect(Collectors.toSet());
    named.retainAll(ALL.keySet());
    CommandLine line = new CommandLine(new Root(options));
    ALL.forEach(
        (name, command) -> {
          if (named.isEmpty() || named.contains(name)) {
            line.addSubcommand(name, command.get());
          }
        });
    return prepared(line);
  }

  /** The parser with every command, for what describes the whole. */
  static CommandLine all() {
    return line(new GlobalOptions());
  }

  /** The commands of a group, of the whole also those that were not made. */
  static Collection<String> in(CommandLine group) {
    return group.getParent() == null ? ALL.keySet() : group.getSubcommands().keySet();
  }

  private static CommandLine prepared(CommandLine line) {
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExpandAtFiles(false);
    return line;
  }
}
