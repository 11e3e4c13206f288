package dev.firn.bench.compare;

import dev.firn.bench.peer.DuckDbPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** DuckDB in a small JVM that does nothing but call it. */
record DuckDbTool(Places places) implements Tool {
  private static final String FILE = "loaded.parquet";

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public void prepare() {
    // The command that starts the comparison has fetched it, because the checks need it too.
  }

  @Override
  public String version() throws IOException {
    return places.jars("duckdb/dependency", "duckdb_jdbc");
  }

  @Override
  public List<String> load(Path input, Path folder) {
    return List.of(
        Jvm.command(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        DuckDbPeer.class.getName(),
        input.toString(),
        folder.resolve(FILE).toString());
  }

  @Override
  public Output output(Path folder) throws IOException {
    return Output.nested(folder);
  }
}
