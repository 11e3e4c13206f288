package dev.firn.iceberg.adls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.error.FirnException;
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

/** Loads as a pipeline makes them, with the embedded catalog. */
record AdlsShop(Path project, String warehouse, Map<String, Object> storage) {
  static final TableSchema ORDERS =
      TableSchema.of(
          TableName.parse("shop.orders"), List.of(Column.of("id", DataType.Simple.LONG)));

  Destination open() {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("warehouse", warehouse);
    settings.put("storage", storage);
    return new IcebergDestinationProvider()
        .open(new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project));
  }

  /** Stages one row. */
  LoadPackage stage(Destination destination, TestLoad load) {
    return load.stage(destination, project);
  }

  static TestLoad row(long id) {
    return TestLoad.into(ORDERS, WriteDisposition.APPEND).rows(List.of(id));
  }

  void load(Destination destination, long id) {
    TestLoad load = row(id);
    destination.commit(stage(destination, load), load.folder(project), LoadObserver.NONE);
  }

  /** What is said to a load. */
  FirnException refusal() {
    FirnException refusal =
        catchThrowableOfType(
            FirnException.class,
            () -> {
              try (Destination destination = open()) {
                load(destination, 1);
              }
            });
    assertThat(refusal).as("it was done").isNotNull();
    return refusal;
  }
}
