package dev.firn.bench.spark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;

/**
 * One Spark job in one process, on two cores.
 *
 * <pre>
 * load IN.jsonl|IN.csv WAREHOUSE          infers the schema and writes a new Iceberg table
 * ask CATALOG.db WAREHOUSE TABLE QUERY... one line an answer, over bench.TABLE of Firn's embedded
 *                                         catalog as root, and bench.TABLE__LIST as root__LIST
 * </pre>
 */
public final class SparkPeer {
  private SparkPeer() {}

  public static void main(String[] args)
      throws IOException, SQLException, TableAlreadyExistsException {
    switch (args[0]) {
      case "load" -> load(args[1], args[2]);
      case "ask" -> ask(args);
      default -> throw new IllegalArgumentException("load or ask, not " + args[0]);
    }
  }

  private static void load(String file, String warehouse)
      throws IOException, TableAlreadyExistsException {
    SparkSession.Builder builder =
        session("lake")
            .config("spark.sql.catalog.lake.type", "hadoop")
            .config("spark.sql.catalog.lake.warehouse", warehouse);
    try (SparkSession spark = builder.getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      read(spark.read(), file)
          .writeTo("lake.bench.loaded")
          .using("iceberg")
          .tableProperty("format-version", "2")
          .tableProperty("write.parquet.compression-codec", "zstd")
          .create();
    }
  }

  private static Dataset<Row> read(DataFrameReader reader, String file) {
    return file.endsWith(".csv")
        ? reader.option("header", true).option("inferSchema", true).csv(file)
        : reader.json(file);
  }

  private static void ask(String... args) throws IOException, SQLException {
    String uri = "jdbc:sqlite:" + args[1];
    String name = catalogName(uri);
    String prefix = "spark.sql.catalog." + name;
    SparkSession.Builder builder =
        session(name)
            .config(prefix + ".catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog")
            .config(prefix + ".uri", uri)
            .config(prefix + ".warehouse", args[2]);
    try (SparkSession spark = builder.getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      for (Row table : spark.sql("SHOW TABLES IN " + name + ".bench").collectAsList()) {
        nameView(spark, name, table.getAs("tableName"), args[3]);
      }
      for (int i = 4; i < args.length; i++) {
        System.out.println("answer: " + spark.sql(args[i]).first().mkString());
      }
    }
  }

  private static void nameView(SparkSession spark, String catalog, String table, String root) {
    if (table.equals(root) || table.startsWith(root + "__")) {
      String view = "root" + table.substring(root.length());
      spark.table(catalog + ".bench." + table).createOrReplaceTempView(view);
    }
  }

  /** The name under which the file's tables are kept; a JDBC catalog sees only those of its own name. */
  private static String catalogName(String uri) throws SQLException {
    try (Connection connection = DriverManager.getConnection(uri);
        Statement statement = connection.createStatement();
        ResultSet names = statement.executeQuery("SELECT catalog_name FROM iceberg_tables LIMIT 1")) {
      names.next();
      return names.getString(1);
    }
  }

  private static SparkSession.Builder session(String catalog) {
    return SparkSession.builder()
        .master("local[2]")
        .appName("peer")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 4)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.catalog." + catalog, "org.apache.iceberg.spark.SparkCatalog");
  }
}
