package dev.firn.iceberg.s3;

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

/** Loads as a pipeline makes them, with a catalog's settings as they stand in its file. */
record S3Shop(Path project, Map<String, Object> settings) {
  static final TableSchema ORDERS =
      TableSchema.of(
          TableName.parse("shop.orders"), List.of(Column.of("id", DataType.Simple.LONG)));

  /** The embedded catalog, with its tables in the storage. */
  static S3Shop in(Path project, Map<String, Object> storage) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("warehouse", "s3://" + S3Server.BUCKET + "/" + project.getFileName());
    settings.put("storage", storage);
    settings.put("properties", Map.of("s3.retry.num-retries", "0"));
    return new S3Shop(project, settings);
  }

  Destination open() {
    return new IcebergDestinationProvider()
        .open(new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project));
  }

  /** Appends one row. */
  void load(Destination destination, long id) {
    TestLoad load = TestLoad.into(ORDERS, WriteDisposition.APPEND).rows(List.of(id));
    LoadPackage sealed = load.stage(destination, project);
    destination.commit(sealed, load.folder(project), LoadObserver.NONE);
  }

  /** What is said to a load. */
  FirnException refusal() {
    return refusal(
        () -> {
          try (Destination destination = open()) {
            load(destination, 1);
          }
        });
  }

  static FirnException refusal(Runnable action) {
    FirnException refusal = catchThrowableOfType(FirnException.class, action::run);
    assertThat(refusal).as("it was done").isNotNull();
    return refusal;
  }
}
