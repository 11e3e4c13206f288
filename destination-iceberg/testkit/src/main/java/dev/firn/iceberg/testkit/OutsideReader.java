package dev.firn.iceberg.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.iceberg.testkit.NodeTool.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;

/**
 * Reads tables with <a href="https://www.npmjs.com/package/icebird">icebird</a>, an Iceberg reader
 * in JavaScript that shares no code with ours. It reads format version 2 with position and equality
 * deletes from the local disk, together with roaring-wasm also version 3 with deletion vectors; it
 * fails loudly on binary, map and variant columns and on decimals beyond 2<sup>53</sup> units.
 *
 * <pre>{@code
 * OutsideReader reader = OutsideReader.orSkip();
 * assertThat(reader.digest(table)).isEqualTo(TableDigest.of(table));
 * }</pre>
 */
public final class OutsideReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;

  private OutsideReader(Path home) {
    this.home = home;
  }

  /**
   * The reader, installed below {@code target} on first use. Where {@code node} or {@code npm} is
   * not found, or the package registry cannot be reached, the calling test is reported as skipped
   * with that reason.
   */
  public static OutsideReader orSkip() {
    return new OutsideReader(ReaderHome.installed());
  }

  /** What the reader sees in the table's current snapshot. */
  public TableDigest digest(Table table) {
    Path metadata = metadata(table);
    return digest(tableDirectory(metadata), metadata.getFileName().toString());
  }

  /**
   * What the reader sees in one version of a table.
   *
   * @param directory holds the folder {@code metadata}
   * @param metadataFile a file's name in that folder
   */
  public TableDigest digest(Path directory, String metadataFile) {
    return parsed(read(directory, metadataFile, "--digest").output(), TableDigest.class);
  }

  /**
   * The rows of the table's current snapshot as the reader sees them, in its order. Dates are days,
   * times and timestamps microseconds since midnight or 1970 in UTC; an infinite or undefined
   * number is a string.
   */
  public List<JsonNode> rows(Table table) {
    Path metadata = metadata(table);
    Answer answer = read(tableDirectory(metadata), metadata.getFileName().toString(), "--rows");
    List<JsonNode> rows = new ArrayList<>();
    answer.output().lines().forEach(line -> rows.add(parsed(line, JsonNode.class)));
    return rows;
  }

  private Answer read(Path directory, String metadataFile, String mode) {
    Answer answer =
        NodeTool.run(home, "node", "read-table.mjs", directory.toString(), metadataFile, mode);
    if (answer.exitCode() != 0) {
      throw new AssertionError("icebird cannot read " + directory + ":\n" + answer.errors());
    }
    return answer;
  }

  /** The file with the metadata of a table's current version, for tables on the local disk. */
  public static Path metadata(Table table) {
    String location = ((HasTableOperations) table).operations().current().metadataFileLocation();
    return Path.of(location.replaceFirst("^file:(//)?", ""));
  }

  private static Path tableDirectory(Path metadata) {
    return metadata.resolveSibling("..").normalize();
  }

  private static <T> T parsed(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError("icebird answered no JSON: " + json, e);
    }
  }
}
