package dev.firn.cli;

import dev.firn.contract.SchemaContract;
import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelinePlan.TablePlan;
import dev.firn.pipeline.RunOptions;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "infer",
    mixinStandardHelpOptions = true,
    description = "Prints a first contract for the rows of a file, or for a table.")
final class ContractInferCommand implements Action {
  /** No table has this name, so that types come from the sample alone. */
  private static final String NOWHERE = "firn_contract_infer.sample";

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "A sample: a file, a quoted glob, or -.")
  @Nullable String file;

  @Option(names = "--table", paramLabel = "TABLE", description = "A live table: namespace.table")
  @Nullable String table;

  @Mixin FileFormat format = new FileFormat();

  @Override
  public Outcome run(Session session) {
    if ((file == null) == (table == null)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "A contract is inferred from a file or from a table.",
          "Name a FILE, or --table NAME.");
    }
    return ContractCommand.yaml(
        file == null ? ofTable(String.valueOf(table), session) : ofFile(file, session));
  }

  private static SchemaContract ofTable(String written, Session session) {
    TableName name = LiveTables.named(written, session.project());
    try (Destination destination = session.destination()) {
      TableSchema schema = LiveTables.find(destination, name).schema();
      return SchemaContract.of(name.name(), schema);
    }
  }

  private SchemaContract ofFile(String path, Session session) {
    LoadCommand load = new LoadCommand();
    load.path = path;
    load.table = NOWHERE;
    load.format = format;
    return session.engine().plan(load.spec(session), RunOptions.DEFAULT).resources().stream()
        .flatMap(resource -> resource.tables().stream().limit(1))
        .findFirst()
        .map(TablePlan::schema)
        .map(schema -> SchemaContract.of(stem(path), schema))
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "There are no rows in " + path + ".",
                    "Name a file with a few rows as they will come."));
  }

  /** The file's name without folders and endings. */
  private static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return stem.matches("\\w[\\w-]*") ? stem : "sample";
  }
}
