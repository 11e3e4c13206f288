package dev.firn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors, judged by a validator that is not ours, against what our reader says. */
class PipelineSchemaTest {
  /** What takes more than one place of a file to judge, or the world around it. */
  private static final List<String> BEYOND_A_SCHEMA =
      List.of(
          "Not valid YAML",
          "is here twice",
          "No catalog 'ress'",
          "There are several catalogs",
          "Two resources are named",
          "No catalog type",
          "No destination type",
          "No such place",
          "'line-bytes' in 'limits' is",
          "is 'yes'", // the validator reads YAML 1.1, where yes is true
          "'initial' 42 lies after",
          "'initial' 22 lies before",
          "'end' and 'until' do not",
          "'soon' is no start",
          "'Mars' is no time zone",
          "'partitions' and 'incremental'",
          "would replace the whole",
          "The environment variable",
          "is known during a run only",
          "Nothing fills in",
          "is no form for",
          "is no date pattern",
          "No variable",
          "No secret",
          "There is no file",
          "need each other");

  private static final Pattern PLACE = Pattern.compile(":([0-9]+:[0-9]+): ");

  /** A key needs another: the reader points at the key, a schema can only point at its section. */
  private static final List<String> OF_A_WHOLE_SECTION = List.of("A merge needs a key");

  @TempDir Path folder;

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(PipelineFile.schema(Path.of("")).toString());

  static Stream<Arguments> mistakesOfOnePlace() {
    return PipelineFileMistakesTest.mistakes()
        .filter(each -> BEYOND_A_SCHEMA.stream().noneMatch(each.get()[1].toString()::contains));
  }

  @ParameterizedTest
  @MethodSource("mistakesOfOnePlace")
  void whatTheReaderRefusesTheSchemaRefusesAtTheSamePlace(String yaml, String message, String hint)
      throws IOException {
    Set<String> places = SchemaPlaces.of(SCHEMA, yaml);

    assertThat(places).as(message + " " + hint).isNotEmpty();
    if (OF_A_WHOLE_SECTION.stream().noneMatch(message::contains)) {
      assertThat(places).as(message).contains(placeOfTheReader(yaml));
    }
  }

  private String placeOfTheReader(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("pipeline.yaml"), yaml);
    FirnException refused =
        catchThrowableOfType(FirnException.class, () -> PipelineFile.read(file, Settings.NONE));
    Matcher place = PLACE.matcher(refused.getMessage());
    assertThat(place.find()).as(refused.getMessage()).isTrue();
    return place.group(1);
  }

  @Test
  void mostMistakesAreOfOnePlace() {
    assertThat(mistakesOfOnePlace()).hasSizeGreaterThanOrEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pipeline: p\nsources: {s: {type: things, resources: {r: {path: x}}}}",
        "pipeline: p\nsources: {s: {type: things, resources: [a, b]}}",
        "pipeline: p\nsources: {s: {type: java, class: a.B}}",
        "pipeline: p\nsources: {s: {type: java, class: a.B, resources: {r: {write-disposition: merge}}}}",
        "pipeline: p\nlimits: {line-bytes: 64MiB, threads: '${env:N}'}\nsources: {s: {type: things, resources: [a]}}",
        "pipeline: p\nprofiles: {dev: {evolution: freeze, sources: {s: {url: u}}}}\nsources: {s: {type: things, resources: [a]}}",
      })
  void shortAndLongFormsAreAccepted(String yaml) {
    assertThat(problems(yaml)).isEmpty();
  }

  @Test
  void everyKeyIsAccepted() {
    assertThat(problems(PipelineFileTest.EVERY_KEY)).isEmpty();
  }

  private static List<String> problems(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML).stream().map(Error::toString).toList();
  }
}
