package dev.firn.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Loads files into one table; into the project's catalog if there is a project here.")
@SuppressWarnings("NullAway.Init") // picocli sets the parameters
final class LoadCommand implements Action {
  private static final String PIPELINE = "load";

  @Parameters(index = "0", paramLabel = "FILE", description = "A file, a quoted glob, or -.")
  String path;

  @Parameters(index = "1", paramLabel = "TABLE", description = "namespace.table")
  String table;

  @Option(
      names = "--primary-key",
      split = ",",
      paramLabel = "COLUMN",
      description = "The columns that make a row the same row; implies merge.")
  List<String> key = new ArrayList<>();

  @Option(
      names = "--write-disposition",
      paramLabel = "append|replace|merge",
      description = "What happens to the rows that are there; append, or merge with a key.")
  @Nullable String disposition;

  @Option(
      names = "--partition-by",
      paramLabel = "FIELD",
      description = "Partitioning of a new table: a column, day(column), bucket(16, column).")
  List<String> partitionBy = new ArrayList<>();

  @Mixin FileFormat format = new FileFormat();

  @Option(
      names = "--on-error",
      paramLabel = "abort|skip_file|continue",
      description = "What a record that cannot be read does; abort when absent.")
  @Nullable String onError;

  @Option(
      names = "--on-locked",
      paramLabel = "fail|wait",
      description = "What happens while another run is at work on the table; fail when absent.")
  @Nullable String onLocked;

  @Option(names = "--dry-run", description = "Tells from a sample what it would do, as plan does.")
  boolean dryRun;

  @Override
  public Outcome run(Session session) {
    PipelineSpec spec = spec(session);
    return dryRun
        ? PlanCommand.plan(session, spec, Set.of(), Optional.empty(), Optional.empty())
        : Runs.perform(
            session, spec, options -> options.withOnLocked(RunCommand.onLocked(onLocked)));
  }

  /** The pipeline of one resource that this command line says. */
  PipelineSpec spec(Session session) {
    PipelineSpec project = session.project();
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    return new PipelineSpec(
        PIPELINE,
        project.folder(),
        List.of(new SourceSpec("files", "files", settings, List.of(resource(session)))),
        destination(project),
        project.evolution(),
        project.limits(),
        // loads of different files do not stand in each other's way
        project.concurrency().withoutLease());
  }

  private static DestinationSpec destination(PipelineSpec project) {
    DestinationSpec written = project.destination();
    Optional<String> namespace = Optional.of(written.namespace().orElse(project.name()));
    return new DestinationSpec(written.type(), written.catalog(), written.settings(), namespace);
  }

  private ResourceSpec resource(Session session) {
    WriteDisposition mode =
        disposition == null
            ? key.isEmpty() ? WriteDisposition.APPEND : WriteDisposition.MERGE
            : WriteDisposition.parse(disposition);
    if (mode == WriteDisposition.MERGE && key.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG, "A merge needs a key.", "Add --primary-key COLUMN.");
    }
    return ResourceSpec.named(TableName.parse(table).name())
        .withTable(table)
        .withKey(key)
        .withDisposition(mode)
        .withPartitionBy(partitionBy.stream().map(PartitionField::parse).toList())
        .withOptions(options(session));
  }

  private ObjectNode options(Session session) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    boolean stream = path.equals("-") || path.contains("://");
    // a path on the command line starts where the user is, not where the project is
    options.put("path", stream ? path : absolute(session));
    options.put("track", "none");
    format.write(options);
    if (onError != null) {
      options.put("on-error", onError);
    }
    return options;
  }

  /** A trailing slash stays: it says that the files directly in the folder are meant. */
  private String absolute(Session session) {
    String folder = session.console().folder().toAbsolutePath().toString();
    return path.startsWith("/") ? path : folder + "/" + path;
  }
}
