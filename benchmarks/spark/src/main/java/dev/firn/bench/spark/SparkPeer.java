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
 * copy CATALOG.db WAREHOUSE TABLE OWN_WAREHOUSE MODE
 *                                         the customers of bench.TABLE become lake.bench.customers
 * merge OWN_WAREHOUSE CHANGES.jsonl QUERY...
 *                                         the seconds of one MERGE INTO, then one line an answer over
 *                                         the table as root
 * </pre>
 */
public final class SparkPeer {
  private static final String[] CUSTOMER = {
    "customer_id",
    "email",
    "full_name",
    "country",
    "tier",
    "balance",
    "orders",
    "active",
    "signup_date",
    "updated_at",
    "score",
    "note"
  };

  private SparkPeer() {}

  public static void main(String[] args)
      throws IOException, SQLException, TableAlreadyExistsException {
    switch (args[0]) {
      case "load" -> load(args[1], args[2]);
      case "ask" -> ask(args);
      case "copy" -> copy(args);
      case "merge" -> merge(args);
      default ->
          throw new IllegalArgumentException("load, ask, copy or merge, not " + args[0]);
    }
  }

  private static void load(String file, String warehouse)
      throws IOException, TableAlreadyExistsException {
    try (SparkSession spark = own(session("lake"), warehouse).getOrCreate()) {
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
    try (SparkSession spark = firns(args[1], args[2]).getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      String name = catalogName(args[1]);
      for (Row table : spark.sql("SHOW TABLES IN " + name + ".bench").collectAsList()) {
        nameView(spark, name, table.getAs("tableName"), args[3]);
      }
      answer(spark, args, 4);
    }
  }

  private static void answer(SparkSession spark, String[] args, int first) {
    for (int i = first; i < args.length; i++) {
      System.out.println("answer: " + spark.sql(args[i]).first().mkString());
    }
  }

  /** The copy has the rows in their order, in files of 64 MB at most, and no column of Firn. */
  private static void copy(String... args) throws IOException, SQLException {
    String mode = args[5].equals("copy-on-write") ? args[5] : "merge-on-read";
    try (SparkSession spark = own(firns(args[1], args[2]), args[4]).getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      spark
          .table(catalogName(args[1]) + ".bench." + args[3])
          .selectExpr(CUSTOMER)
          .writeTo("lake.bench.customers")
          .using("iceberg")
          .tableProperty("format-version", args[5].equals("deletion-vectors") ? "3" : "2")
          .tableProperty("write.parquet.compression-codec", "zstd")
          .tableProperty("write.merge.mode", mode)
          .tableProperty("write.target-file-size-bytes", "67108864")
          .create();
    } catch (TableAlreadyExistsException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void merge(String... args) throws IOException {
    try (SparkSession spark = own(session("lake"), args[1]).getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      String types = spark.table("lake.bench.customers").schema().toDDL() + ", deleted boolean";
      spark.read().schema(types).json(args[2]).createOrReplaceTempView("changes");
      long start = System.nanoTime();
      spark.sql(
          "MERGE INTO lake.bench.customers t USING changes c ON t.customer_id = c.customer_id"
              + " WHEN MATCHED AND c.deleted THEN DELETE"
              + " WHEN MATCHED THEN UPDATE SET *"
              + " WHEN NOT MATCHED AND NOT c.deleted THEN INSERT *");
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println("merged in seconds: " + seconds);
      spark.table("lake.bench.customers").createOrReplaceTempView("root");
      answer(spark, args, 3);
    }
  }

  /** A session that sees the tables of Firn's embedded catalog. */
  private static SparkSession.Builder firns(String file, String warehouse) throws SQLException {
    String name = catalogName(file);
    String prefix = "spark.sql.catalog." + name;
    return session(name)
        .config(prefix + ".catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog")
        .config(prefix + ".uri", "jdbc:sqlite:" + file)
        .config(prefix + ".warehouse", warehouse);
  }

  /** A session with a warehouse of Spark's own, as the catalog lake. */
  private static SparkSession.Builder own(SparkSession.Builder builder, String warehouse) {
    return builder
        .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.lake.type", "hadoop")
        .config("spark.sql.catalog.lake.warehouse", warehouse)
        .config(
            "spark.sql.extensions",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
  }

  private static void nameView(SparkSession spark, String catalog, String table, String root) {
    if (table.equals(root) || table.startsWith(root + "__")) {
      String view = "root" + table.substring(root.length());
      spark.table(catalog + ".bench." + table).createOrReplaceTempView(view);
    }
  }

  /** The name under which the file's tables are kept; a JDBC catalog sees only those of its own name. */
  private static String catalogName(String file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
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
