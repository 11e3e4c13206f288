package dev.firn.bench.compare;

import dev.firn.bench.data.GenerateCustomers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The generated files of a large merge.
 *
 * @param folder where they are, or will be
 * @param rows of the base
 */
record Customers(Path folder, long rows) {
  /** In words that both engines' SQL understands; times, which they name differently, aside. */
  static final List<Fact> FACTS =
      List.of(
          Fact.of("rows", "count(*)"),
          Fact.of("distinct keys", "count(distinct customer_id)"),
          Fact.of("keys", "sum(customer_id)"),
          Fact.of("keys with orders", "sum(customer_id * orders)"),
          Fact.of(
              "keys with balance",
              "sum(cast(round(balance * 100) as bigint) * (customer_id % 1000))"),
          Fact.of("keys with country", "sum(customer_id * ascii(country))"),
          Fact.of("emails", "sum(length(email))"),
          Fact.of("notes", "count(note)"),
          Fact.of("letters of notes", "sum(length(note))"),
          Fact.of("scores", "sum(cast(round(score * 100) as bigint))"),
          Fact.of("scores known", "count(score)"),
          Fact.of("active", "sum(case when active then customer_id else 0 end)"),
          Fact.of(
              "updated",
              "sum(epoch_ms(updated_at) % 1000003)",
              "sum(unix_millis(updated_at) % 1000003)"));

  /** The table's rows, CSV. */
  Path base() throws IOException {
    return file("customers", "csv", file -> GenerateCustomers.base(file, rows));
  }

  /** Changes of it, JSON lines. */
  Path changes(String keys) throws IOException {
    return file(
        "customers-" + keys,
        "jsonl",
        file -> GenerateCustomers.changes(file, rows, keys.equals("recent")));
  }

  /** What the table must hold after the changes. */
  Map<String, String> merged(Path changes) throws IOException, SQLException {
    return FactReader.customers(base(), changes, GenerateCustomers.DELETED, FACTS);
  }

  private interface Writer {
    void write(Path file) throws IOException;
  }

  private Path file(String name, String ending, Writer writer) throws IOException {
    Path file = folder.resolve("%s-%d.%s".formatted(name, rows, ending));
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path partial = folder.resolve("partial-%s.%s".formatted(name, ending));
      writer.write(partial);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      Console.say(
          String.format(
              Locale.ROOT, "Generated %s: %.0f MB", file.getFileName(), Files.size(file) / 1e6));
    }
    return file;
  }
}
