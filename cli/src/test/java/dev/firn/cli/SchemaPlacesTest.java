package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.firn.contract.ContractFile;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the published schemas refuse stands where Firn itself says that it stands. */
class SchemaPlacesTest {
  private static final Pattern PLACE = Pattern.compile(":([0-9]+:[0-9]+): ");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "columns: {sgv: {type: int, minimum: 9}}",
        "columns: {sgv: {type: int, enum: []}}",
        "columns: {sgv: {type: int, unique: twice}}",
        "columns: {sgv: {type: number}}",
        "columns: {sgv: {type: string, format: mail, max-length: 3}}",
        "columns: {sgv: {type: string, min-length: many}}",
        "columns: {sgv: int}\non-violation: quarantined",
        "columns: {sgv: int}\nmax-bad-rows: 101%",
        "columns: {sgv: int}\nversion: 0",
        "columns: {sgv: int}\nevolution: {columns: frozen}",
        "columns: {sgv: int}\nevolution: {column: freeze}",
        "columns: {sgv: int}\nchecks:\n  - row-count: {least: 3}",
        "columns: {sgv: int}\nchecks:\n  - unique: {columns: [sgv], scope: world}",
        "columns: {sgv: int}\nchecks:\n  - rowcount: {min: 3}",
        "columns: {sgv: int}\ncheks: []",
      })
  void ofContracts(String yaml) {
    FirnException refused =
        catchThrowableOfType(FirnException.class, () -> ContractFile.parse("c.yaml", yaml));

    assertThat(places(ContractFile.schema().toString(), yaml)).contains(place(refused));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path: x, on-eror: abort",
        "path: x, on-lossy: never",
        "path: x, write-disposition: mergee",
        "path: x, max-nesting: deep",
        "path: x, naming: snake",
        "path: x, columns: {a: number}",
        "path: x, contract: {columns: {a: {type: int, minimum: 3}}}",
        "path: x, quarantine: {retention: 3d, keep: none}",
      })
  void ofPipelines(String resource) throws IOException {
    String yaml =
        "pipeline: p\nsources:\n  s:\n    type: files\n    resources:\n      r: {"
            + resource
            + "}\n";
    Path file = Files.writeString(folder.resolve("pipeline.yaml"), yaml);
    FirnException refused =
        catchThrowableOfType(
            FirnException.class, () -> PipelineFile.read(file, Settings.NONE).spec());

    assertThat(places(PipelineFile.schema(folder).toString(), yaml)).contains(place(refused));
  }

  private static String place(FirnException refused) {
    Matcher place = PLACE.matcher(refused.getMessage());
    assertThat(place.find()).as(refused.getMessage()).isTrue();
    return place.group(1);
  }

  /** The places of the innermost errors. */
  private static Set<String> places(String schema, String yaml) {
    Schema made =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    List<Error> errors = made.validate(yaml, InputFormat.YAML);
    int depth = errors.stream().mapToInt(SchemaPlacesTest::depth).max().orElse(0);
    Set<String> places = new TreeSet<>();
    for (Error error : errors) {
      if (depth(error) == depth) {
        places.add(place(error, yaml));
      }
    }
    return places;
  }

  private static boolean ofKey(Error error) {
    return "additionalProperties".equals(error.getKeyword());
  }

  private static int depth(Error error) {
    return error.getInstanceLocation().getNameCount() + (ofKey(error) ? 1 : 0);
  }

  /** Each key stands behind the one above it. */
  private static String place(Error error, String yaml) {
    NodePath path = error.getInstanceLocation();
    int at = 0;
    for (int i = 0; i < path.getNameCount(); i++) {
      if (path.getElement(i) instanceof String key) {
        at = yaml.indexOf(key + ":", at) + key.length() + 1;
      }
    }
    if (ofKey(error)) {
      return place(yaml, yaml.indexOf(error.getProperty() + ":", at));
    }
    while (yaml.charAt(at) == ' ') {
      at++;
    }
    return place(yaml, at);
  }

  private static String place(String yaml, int index) {
    String before = yaml.substring(0, index);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return (line + 1) + ":" + (index - before.lastIndexOf('\n'));
  }
}
