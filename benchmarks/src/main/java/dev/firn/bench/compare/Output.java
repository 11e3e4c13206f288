package dev.firn.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Parquet files a tool wrote.
 *
 * @param flat whether lists are tables of their own and names snake_case, as Firn does it
 * @param tables data files by table: {@code root}, and for Firn {@code root__list} and so on
 */
record Output(boolean flat, Map<String, List<Path>> tables) {
  Output {
    tables = Map.copyOf(tables);
  }

  static Output nested(Path folder) throws IOException {
    return new Output(false, Map.of("root", parquetFiles(folder)));
  }

  /** Iceberg tables below a warehouse: {@code table} is the root, {@code table__list} its child. */
  static Output flat(Path warehouse, String table) throws IOException {
    Map<String, List<Path>> tables = new HashMap<>();
    try (Stream<Path> folders = Files.walk(warehouse)) {
      for (Path data : folders.filter(folder -> folder.endsWith("data")).toList()) {
        String name = data.getName(data.getNameCount() - 2).toString();
        if (name.equals(table) || name.startsWith(table + "__")) {
          tables.put("root" + name.substring(table.length()), parquetFiles(data));
        }
      }
    }
    return new Output(true, tables);
  }

  long bytes() {
    return tables.values().stream().flatMap(List::stream).mapToLong(Output::size).sum();
  }

  private static List<Path> parquetFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
