package dev.firn.bench.compare;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads facts from Parquet files through DuckDB, whichever tool wrote them. */
final class FactReader {
  private FactReader() {}

  /** The value of each fact, as text, in the facts' order. */
  static Map<String, String> read(Output output, List<Fact> facts) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (Map.Entry<String, List<Path>> table : output.tables().entrySet()) {
        statement.execute(view(table.getKey(), table.getValue()));
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (Fact fact : facts) {
        values.put(fact.name(), ask(statement, output.flat() ? fact.flat() : fact.nested()));
      }
      return values;
    }
  }

  private static String view(String name, List<Path> files) {
    String list = files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
    return "CREATE VIEW %s AS SELECT * FROM read_parquet([%s], union_by_name = true)"
        .formatted(name, list);
  }

  private static String ask(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
