package dev.firn.iceberg.testkit;

import static java.util.stream.Collectors.toMap;

import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The page {@code docs/catalogs.md}, whose blocks must be true. */
public record CatalogsPage(String text) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(catalogs:\n.*?)^```$");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(env|secret):([\\w-]+)}");

  /** The page of the project that is being built. */
  public static CatalogsPage read() throws IOException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path page = folder.resolve("docs").resolve("catalogs.md");
      if (Files.exists(page)) {
        return new CatalogsPage(Files.readString(page));
      }
    }
    throw new NoSuchFileException("docs/catalogs.md");
  }

  /** All blocks of YAML; each has a catalog named {@code lake}. */
  public List<String> blocks() {
    return BLOCK.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** The only block with this text. */
  public String block(String part) {
    List<String> found = blocks().stream().filter(block -> block.contains(part)).toList();
    if (found.size() != 1) {
      throw new AssertionError("%d blocks have '%s'".formatted(found.size(), part));
    }
    return found.get(0);
  }

  /**
   * Reads the pipeline that a block belongs to, with a value for each variable in it; checks the
   * catalog's settings without connecting.
   *
   * @throws dev.firn.error.FirnException what is said to a mistake in it
   */
  public static PipelineSpec pipeline(String block, Path folder) throws IOException {
    String file =
        """
        version: 1
        pipeline: page
        destination: { catalog: lake }
        sources:
          files: { type: files, resources: { orders: { path: orders.jsonl, table: raw.orders } } }
        """;
    Path written = Files.writeString(folder.resolve(PipelineFile.NAME), file + block);
    return PipelineFile.read(written, settings(block)).spec();
  }

  private static Settings settings(String block) {
    Map<String, String> environment =
        VARIABLE
            .matcher(block)
            .results()
            .collect(toMap(CatalogsPage::variable, found -> "id:secret", (one, same) -> one));
    Settings none = Settings.NONE;
    return new Settings(
        none.profile(), none.envFile(), none.overrides(), environment, none.userHome());
  }

  private static String variable(MatchResult found) {
    return found.group(1).equals("env")
        ? found.group(2)
        : "FIRN_SECRET_" + found.group(2).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
