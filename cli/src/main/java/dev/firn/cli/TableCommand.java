package dev.firn.cli;

import picocli.CommandLine.Command;

@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = "Looks at tables: list, show, history.",
    subcommands = {TableListCommand.class, TableShowCommand.class, TableHistoryCommand.class})
final class TableCommand {}
