package dev.firn.iceberg.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.iceberg.testkit.TableDigest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads tables with Spark and tells their digests: a question a line, an answer a line. */
public final class SparkReader {
  /** What an answer begins with; the rest of its line is a {@link TableDigest} as JSON. */
  static final String ANSWER = "digest: ";

  private static final String CATALOG_OF_PATHS = "spark.sql.catalog.default_iceberg";

  private SparkReader() {}

  /**
   * Each line of the input names the file with a table's metadata.
   *
   * @param args a folder for files of its own
   */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = session(args[0]);
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      ObjectMapper json = new ObjectMapper();
      String metadata = questions.readLine();
      while (metadata != null) {
        System.out.println(ANSWER + json.writeValueAsString(digest(spark, Path.of(metadata))));
        metadata = questions.readLine();
      }
    }
  }

  private static SparkSession session(String folder) {
    return SparkSession.builder()
        .master("local[1]")
        .appName("reader")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", folder)
        .config("spark.sql.warehouse.dir", folder)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.datetime.java8API.enabled", true)
        .config(CATALOG_OF_PATHS, "org.apache.iceberg.spark.SparkCatalog")
        .config(CATALOG_OF_PATHS + ".type", "hadoop")
        .config(CATALOG_OF_PATHS + ".warehouse", folder)
        .getOrCreate();
  }

  private static TableDigest digest(SparkSession spark, Path metadata) throws IOException {
    Schema schema = TableMetadataParser.fromJson(Files.readString(metadata)).schema();
    Dataset<Row> rows = spark.read().format("iceberg").load(metadata.toString());
    List<Record> records =
        rows.collectAsList().stream().<Record>map(row -> record(schema, row)).toList();
    return TableDigest.of(schema.columns(), records);
  }

  private static Record record(Schema schema, Row row) {
    GenericRecord record = GenericRecord.create(schema);
    for (int i = 0; i < schema.columns().size(); i++) {
      record.set(i, value(row.getAs(schema.columns().get(i).name())));
    }
    return record;
  }

  /** Spark's value as Iceberg's generic reader would give it. */
  private static @Nullable Object value(@Nullable Object ofSpark) {
    return ofSpark instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : ofSpark;
  }
}
