package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name :
        List.of(
            "a.jsonl", "b.json", "sub/c.jsonl", "sub/deep/d.csv", ".hidden.jsonl", "e[1].csv")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "1\n2\n");
    }
  }

  @Test
  void pathsStandForFilesInTheOrderOfTheirNames() {
    assertThat(files("a.jsonl")).containsExactly("a.jsonl");
    assertThat(files("./")).containsExactly("./a.jsonl", "./b.json", "./e[1].csv");
    assertThat(files("sub/")).containsExactly("sub/c.jsonl");
    assertThat(files("*.json*")).containsExactly("a.jsonl", "b.json");
    assertThat(files("**/*.jsonl")).containsExactly("a.jsonl", "sub/c.jsonl");
    assertThat(files("sub/**/*.{csv,jsonl}")).containsExactly("sub/c.jsonl", "sub/deep/d.csv");
    assertThat(files("sub/**")).containsExactly("sub/c.jsonl", "sub/deep/d.csv");
    assertThat(files("?.json")).containsExactly("b.json");
    assertThat(files("[!a].json*")).containsExactly("b.json");
    assertThat(files("e[1].csv")).as("a name before a pattern").containsExactly("e[1].csv");
    assertThat(files(folder + "/a.jsonl")).containsExactly(folder + "/a.jsonl");
  }

  @Test
  void aPathThatIsNotThereIsNamed() {
    assertFault("no/such.jsonl", ErrorCode.UNREADABLE_PATH, "'no/such.jsonl' does not exist.");
  }

  @Test
  void aDirectoryNeedsItsSlash() {
    FirnException fault =
        assertFault(
            "{'path':'sub','format':'jsonl'}", ErrorCode.UNREADABLE_PATH, "'sub' is a directory.");

    assertThat(fault.hint()).contains("'sub/'");
  }

  @Test
  void aFileThatMayNotBeReadIsNamed() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read every file");
    Files.setPosixFilePermissions(
        folder.resolve("a.jsonl"), PosixFilePermissions.fromString("---------"));

    assertFault("a.jsonl", ErrorCode.UNREADABLE_PATH, "'a.jsonl' may not be read.");
  }

  @Test
  void aGlobWithoutFilesWarns() {
    var stream =
        Reading.reader(folder, Reading.TUNING, "{'path':'x*.csv'}").open(Reading.everything());

    assertThat(Reading.splits(stream)).isEmpty();
    assertThat(stream.warnings()).containsExactly("x*.csv matches no file.");
    assertThat(stream.unchanged()).isTrue();
  }

  @Test
  void anEmptyFileWarns() throws IOException {
    Files.writeString(folder.resolve("empty.csv"), "");
    Files.writeString(folder.resolve("empty.jsonl.gz"), "");

    for (String name : List.of("empty.csv", "empty.jsonl.gz")) {
      var stream =
          Reading.reader(folder, Reading.TUNING, "{'path':'" + name + "'}")
              .open(Reading.everything());
      assertThat(Reading.splits(stream)).isEmpty();
      assertThat(stream.warnings()).containsExactly(name + " is empty.");
      assertThat(stream.unchanged()).as("an empty file does replace").isFalse();
    }
  }

  @Test
  void tellsOfAHeaderThatLooksAsIfItWereCutByAnotherDelimiter() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id;name\n1;x\n2;y\n");
    Files.writeString(folder.resolve("b.csv"), "name\nx;y\n");

    assertThat(warnings("{'path':'*.csv'}"))
        .containsExactly("a.csv has one column, 'id;name'; is options.delimiter right?");
    assertThat(warnings("{'path':'a.csv','options':{'delimiter':';'}}")).isEmpty();
  }

  @Test
  void aFileWithoutRecordsWarns() throws IOException {
    Files.writeString(folder.resolve("header.csv"), "a,b\n");
    Files.writeString(folder.resolve("doc.json"), "{\"items\":[{\"a\":1}],\"none\":[]}");

    assertThat(warnings("{'path':'header.csv'}")).containsExactly("header.csv holds no records.");
    assertThat(warnings("{'path':'doc.json','options':{'path':'$.itms[*]'}}"))
        .containsExactly("doc.json holds no records at $.itms[*]; is options.path right?");
    assertThat(warnings("{'path':'doc.json','options':{'path':'items'}}")).isEmpty();
  }

  private List<String> warnings(String settings) {
    var stream = Reading.reader(folder, Reading.TUNING, settings).open(Reading.everything());
    Reading.splits(stream);
    return stream.warnings();
  }

  @Test
  void aGlobThatIsNoneIsAConfigurationError() {
    assertFault(
        "sub/{a,b.csv", ErrorCode.INVALID_CONFIG, "path '{a,b.csv' is no glob: Unclosed group.");
  }

  @Test
  void filesOfUnknownFormatAreListedTogether() throws IOException {
    Files.writeString(folder.resolve("x.txt"), "");
    Files.writeString(folder.resolve("y.doc"), "");

    FirnException fault = fault("{'path':'./'}");

    assertThat(fault.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(fault).hasMessageContaining("./x.txt").hasMessageContaining("./y.doc");
    assertThat(fault).hasMessageContaining("jsonl, ndjson, json, csv, tsv");
  }

  @Test
  void allMistakesInTheSettingsAreToldTogether() {
    FirnException fault =
        fault(
            "{'path':'a.xyz','on-error':'ignore','max-errors':-1,'track':{'by':'size'},"
                + "'file-columns':['_firn_x'],'colour':1,"
                + "'options':{'delimiter':';;','charset':'utf-9','compression':'rar','header':'maybe',"
                + "'path':'$..x','null':[]}}");

    assertThat(fault.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(fault.getMessage().lines()).hasSize(12).allMatch(l -> l.startsWith("Resource s.r"));
    assertThat(fault)
        .hasMessageContaining("a.xyz")
        .hasMessageContaining("on-error is 'ignore'; use one of abort, skip_file, continue")
        .hasMessageContaining("max-errors")
        .hasMessageContaining("track.by is [size]")
        .hasMessageContaining("_firn_x")
        .hasMessageContaining("colour")
        .hasMessageContaining("Resource s.r.options: delimiter is ';;'")
        .hasMessageContaining("utf-9")
        .hasMessageContaining("rar")
        .hasMessageContaining("header is 'maybe'; use true or false")
        .hasMessageContaining("$..x")
        .hasMessageContaining("'null' is no key here");
  }

  private List<String> files(String path) {
    var reader = Reading.reader(folder, Reading.TUNING, "{'path':'" + path + "'}");
    return Reading.splits(reader).stream().map(Split::group).distinct().toList();
  }

  private FirnException fault(String keys) {
    FirnException fault =
        catchThrowableOfType(FirnException.class, () -> Reading.read(folder, Reading.TUNING, keys));
    assertThat(fault).isNotNull();
    return fault;
  }

  private FirnException assertFault(String path, ErrorCode code, String message) {
    FirnException fault =
        fault(path.startsWith("{") && path.endsWith("}") ? path : "{'path':'" + path + "'}");
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault).hasMessage(message);
    return fault;
  }
}
