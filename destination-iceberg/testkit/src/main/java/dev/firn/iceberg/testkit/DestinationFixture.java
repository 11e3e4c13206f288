package dev.firn.iceberg.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.destination.Capability;
import dev.firn.destination.Destination;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.CursorState;
import dev.firn.state.ResourceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A destination on a catalog under test, with faults on request, and the tables of a small shop.
 */
public abstract class DestinationFixture {
  protected static final TableName ORDERS = TableName.parse("shop.orders");
  protected static final TableSchema ORDER_COLUMNS =
      TableSchema.of(
          ORDERS,
          List.of(
              new Column("id", DataType.Simple.LONG, false, List.of("id")),
              new Column("name", DataType.Simple.STRING, false, List.of("name")),
              Column.of(SystemColumns.LOAD_ID, DataType.Simple.STRING),
              Column.of(SystemColumns.ID, DataType.Simple.STRING)));
  protected static final TableSchema LINE_COLUMNS =
      TableSchema.of(
          ORDERS.child("lines"),
          List.of(
              Column.of("product", DataType.Simple.STRING),
              Column.of(SystemColumns.ID, DataType.Simple.STRING),
              Column.of(SystemColumns.PARENT_ID, DataType.Simple.STRING),
              Column.of(SystemColumns.LIST_INDEX, DataType.Simple.LONG)));

  @TempDir protected Path project;
  protected FaultyCatalog catalog;
  protected Destination destination;

  /** The catalog under test. */
  protected abstract CatalogProvider provider();

  /** Its settings in {@code catalogs}. */
  protected JsonNode settings() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** What the catalog cannot do; its refusal is asserted. */
  protected Set<Capability> missing() {
    return Arrays.stream(Capability.values())
        .filter(provider().capabilities()::lacks)
        .collect(Collectors.toSet());
  }

  protected CatalogConfig config() {
    return new CatalogConfig("lake", settings(), project);
  }

  @BeforeEach
  void open() {
    catalog = new FaultyCatalog(provider().open(config()));
    destination = IcebergDestinationProvider.of(catalog, provider(), config(), round -> {});
  }

  @AfterEach
  void close() {
    destination.close();
  }

  protected static List<@Nullable Object> order(long id, @Nullable String name) {
    return Arrays.asList(id, name, "load", "o" + id);
  }

  protected static List<@Nullable Object> line(String product, long order, long index) {
    return Arrays.asList(product, "o" + order + "." + index, "o" + order, index);
  }

  protected static ResourceState.Slice cursor(long value) {
    CursorState cursor =
        new CursorState("id", DataType.Simple.LONG, Long.toString(value), List.of());
    return new ResourceState.Slice(Optional.of(cursor), Optional.empty());
  }

  protected TestLoad append() {
    return TestLoad.into(ORDER_COLUMNS, WriteDisposition.APPEND);
  }

  protected TestLoad replace() {
    return TestLoad.into(ORDER_COLUMNS, WriteDisposition.REPLACE);
  }

  protected LoadPackage stage(TestLoad load) {
    return load.stage(destination, project);
  }

  protected CommitResult commit(TestLoad load, LoadPackage sealed) {
    return destination.commit(sealed, load.folder(project), LoadObserver.NONE);
  }

  /** Stages, seals and commits. */
  protected CommitResult load(TestLoad load) {
    return commit(load, stage(load));
  }

  /** A table's name as Iceberg writes it, level by level. */
  protected static TableIdentifier identifier(TableName name) {
    return TableIdentifier.of(Namespace.of(name.namespace().toArray(String[]::new)), name.name());
  }

  protected Table table(TableName name) {
    return catalog.inner().loadTable(identifier(name));
  }

  /** Begins to expire snapshots, also where the catalog advises against it. */
  protected static ExpireSnapshots expire(Table table) {
    if (!PropertyUtil.propertyAsBoolean(table.properties(), TableProperties.GC_ENABLED, true)) {
      table.updateProperties().set(TableProperties.GC_ENABLED, "true").commit();
    }
    return table.expireSnapshots();
  }

  protected List<List<@Nullable Object>> orders(String... columns) {
    return TableContent.rows(table(ORDERS), columns);
  }

  protected List<List<@Nullable Object>> lines(String... columns) {
    return TableContent.rows(table(LINE_COLUMNS.name()), columns);
  }

  protected Optional<ResourceState> state() {
    return destination
        .metadata()
        .current(ORDERS)
        .flatMap(table -> table.state(TestLoad.PIPELINE, TestLoad.RESOURCE));
  }

  protected int snapshots(TableName name) {
    return destination.metadata().history(name).size();
  }

  /** All Parquet files under the project folder. */
  protected List<Path> dataFiles() throws Exception {
    try (var files = Files.walk(project)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
