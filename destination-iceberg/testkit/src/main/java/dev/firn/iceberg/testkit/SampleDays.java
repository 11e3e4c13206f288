package dev.firn.iceberg.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.Settings;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * The tables that both days of {@code examples/nightscout} become, one after the other: the second
 * brings columns and types that the first had not.
 */
record SampleDays(Map<String, Content> tables) {
  private static final List<String> FILES =
      List.of(
          "pipeline.yaml",
          "data/nightscout_entries_day1.jsonl",
          "data/nightscout_entries_day2.jsonl");
  private static @Nullable SampleDays embedded;

  /**
   * One table.
   *
   * @param columns with their ids, types and whether they are required
   * @param rows one line each, sorted, without the id of the load
   */
  record Content(
      List<String> columns, Set<String> key, String partitioning, String order, List<String> rows) {
    static Content of(Table table) {
      List<NestedField> columns = table.schema().columns();
      return new Content(
          columns.stream().map(NestedField::toString).toList(),
          table.schema().identifierFieldNames(),
          table.spec().toString(),
          table.sortOrder().toString(),
          lines(table, columns));
    }

    private static List<String> lines(Table table, List<NestedField> columns) {
      List<NestedField> same =
          columns.stream().filter(each -> !each.name().equals(SystemColumns.LOAD_ID)).toList();
      List<String> lines = new ArrayList<>();
      for (List<@Nullable Object> row :
          TableContent.rows(table, same.stream().map(NestedField::name).toArray(String[]::new))) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < same.size(); i++) {
          String value = ValueText.of(same.get(i).type(), row.get(i));
          line.append(same.get(i).name()).append('=').append(value).append(' ');
        }
        lines.add(line.toString());
      }
      lines.sort(null);
      return lines;
    }
  }

  /** Runs both days in the catalog's project folder. */
  static SampleDays run(CatalogProvider provider, CatalogConfig config) throws IOException {
    ObjectNode settings = config.settings().deepCopy();
    settings.put("type", provider.type());
    copyTo(config.projectFolder());
    PipelineSpec spec = day("day1", settings, config);
    Pipelines.run(spec, RunOptions.DEFAULT).throwIfFailed();
    Pipelines.run(day("day2", settings, config), RunOptions.DEFAULT).throwIfFailed();
    try (Destination destination = Pipelines.openDestination(spec);
        ForwardingCatalog catalog = new FaultyCatalog(provider.open(config))) {
      Map<String, Content> tables = new TreeMap<>();
      for (TableName name : destination.metadata().tables()) {
        tables.put(
            name.toString(), Content.of(catalog.loadTable(DestinationFixture.identifier(name))));
      }
      return new SampleDays(tables);
    }
  }

  /**
   * What the embedded catalog holds after them; run once.
   *
   * @param project a folder that is not there yet
   */
  static synchronized SampleDays embedded(Path project) throws IOException {
    SampleDays known = embedded;
    if (known == null) {
      CatalogProvider jdbc =
          ServiceLoader.load(CatalogProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(each -> each.type().equals("jdbc"))
              .findFirst()
              .orElseThrow();
      known = run(jdbc, new CatalogConfig("lake", JsonNodeFactory.instance.objectNode(), project));
      embedded = known;
    }
    return known;
  }

  private static void copyTo(Path project) throws IOException {
    Files.createDirectories(project.resolve("data"));
    for (String file : FILES) {
      try (InputStream in = SampleDays.class.getResourceAsStream("nightscout/" + file)) {
        Files.copy(Objects.requireNonNull(in, file), project.resolve(file));
      }
    }
  }

  private static PipelineSpec day(String day, ObjectNode catalog, CatalogConfig config) {
    Settings settings = Settings.NONE.withOverrides(List.of("vars.day=" + day));
    PipelineSpec spec =
        PipelineFile.read(config.projectFolder().resolve(PipelineFile.NAME), settings).spec();
    DestinationSpec destination =
        new DestinationSpec("iceberg", config.name(), catalog, spec.destination().namespace());
    return new PipelineSpec(
        spec.name(), spec.folder(), spec.sources(), destination, spec.evolution(), spec.limits());
  }

  /** Rows of all tables. */
  int rows() {
    return tables.values().stream().mapToInt(table -> table.rows().size()).sum();
  }
}
