package dev.firn.iceberg.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.iceberg.testkit.TestLoad;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loads into the metastore's tables as a pipeline makes them. */
record HiveShop(Path project, Map<String, Object> settings) {
  static HiveShop in(Path project, String... more) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("type", "hive");
    settings.put("uri", Metastore.uri());
    settings.put("warehouse", "warehouse");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new HiveShop(project, settings);
  }

  CatalogConfig config() {
    return new CatalogConfig("lake", new ObjectMapper().valueToTree(settings), project);
  }

  Destination open() {
    return new IcebergDestinationProvider()
        .open(new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project));
  }

  /** One row with the value 1 in each column. */
  static TestLoad row(String table, String... columns) {
    List<Column> all =
        List.of(columns).stream().map(name -> Column.of(name, DataType.Simple.LONG)).toList();
    TestLoad load =
        TestLoad.into(TableSchema.of(TableName.parse(table), all), WriteDisposition.APPEND);
    return load.rows(all.stream().map(column -> 1L).toList());
  }

  void load(Destination destination, TestLoad load) {
    LoadPackage sealed = load.stage(destination, project);
    destination.commit(sealed, load.folder(project), LoadObserver.NONE);
  }

  /** What is said to settings that are wrong. */
  FirnException refusalToOpen() {
    return refusal(
        () -> {
          try (Destination destination = open()) {
            destination.metadata().tables();
          }
        });
  }

  /** What is said to a load before anything of it is sealed. */
  FirnException refusalToStage(TestLoad load) {
    try (Destination destination = open()) {
      return refusal(() -> load.stage(destination, project));
    }
  }

  private static FirnException refusal(Runnable action) {
    FirnException refusal = catchThrowableOfType(FirnException.class, action::run);
    assertThat(refusal).as("it was done").isNotNull();
    return refusal;
  }
}
