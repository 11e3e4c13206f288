package dev.firn.bench.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * DuckDB's way from a file to zstd Parquet: its own reader with types inferred, two threads, free
 * order of rows.
 *
 * <pre>DuckDbPeer IN.jsonl|IN.csv OUT.parquet</pre>
 */
public final class DuckDbPeer {
  // The longest line that Firn takes, so that no tool refuses what another reads.
  private static final int LONGEST_RECORD = 64 << 20;

  private DuckDbPeer() {}

  /** Converts one file; see the class for the arguments. */
  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 2");
      statement.execute("SET preserve_insertion_order = false");
      String copy =
          "COPY (SELECT * FROM %s) TO '%s' (FORMAT parquet, COMPRESSION zstd)"
              .formatted(reader(Path.of(args[0])), args[1]);
      System.out.println(statement.executeUpdate(copy) + " rows");
    }
  }

  private static String reader(Path file) {
    return file.toString().endsWith(".csv")
        ? "read_csv('%s')".formatted(file)
        : "read_json('%s', format = 'newline_delimited', maximum_object_size = %d)"
            .formatted(file, LONGEST_RECORD);
  }
}
