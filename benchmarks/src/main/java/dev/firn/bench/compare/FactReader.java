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
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads facts from Parquet files through DuckDB, whichever tool wrote them. */
final class FactReader {
  private FactReader() {}

  /** The value of each fact, as text, in the facts' order. */
  static Map<String, String> read(Output output, List<Fact> facts) throws SQLException {
    List<String> views =
        output.tables().entrySet().stream()
            .map(table -> view(table.getKey(), table.getValue()))
            .toList();
    return ask(views, facts, output.flat() ? Fact::flat : Fact::nested);
  }

  /** What the facts must be after {@code changes} are merged by id into {@code base}. */
  static Map<String, String> merged(Path base, Path changes, List<Fact> facts) throws SQLException {
    String root =
        """
        CREATE TABLE root AS
        SELECT * FROM read_json('%2$s', format = 'newline_delimited')
        UNION ALL BY NAME
        SELECT * FROM read_json('%1$s', format = 'newline_delimited')
        WHERE id NOT IN (SELECT id FROM read_json('%2$s', format = 'newline_delimited'))
        """
            .formatted(base, changes);
    return ask(List.of(root), facts, Fact::nested);
  }

  /** What the facts must be after changes, some of which delete, are merged by customer. */
  static Map<String, String> customers(Path base, Path changes, String deletes, List<Fact> facts)
      throws SQLException {
    String changed =
        "CREATE TABLE changed AS SELECT * FROM read_json('%s', format = 'newline_delimited')"
            .formatted(changes);
    String root =
        """
        CREATE VIEW root AS
        SELECT * EXCLUDE (%2$s) FROM changed WHERE NOT %2$s
        UNION ALL BY NAME
        SELECT * FROM read_csv('%1$s') WHERE customer_id NOT IN (SELECT customer_id FROM changed)
        """
            .formatted(base, deletes);
    return ask(List.of(changed, root), facts, Fact::nested);
  }

  private static Map<String, String> ask(
      List<String> tables, List<Fact> facts, Function<Fact, String> query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String table : tables) {
        statement.execute(table);
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (Fact fact : facts) {
        values.put(fact.name(), ask(statement, query.apply(fact)));
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
