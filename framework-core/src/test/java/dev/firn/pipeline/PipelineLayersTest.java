package dev.firn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineLayersTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeEach
  void aPipelineOnARestCatalog() throws IOException {
    write(
        "pipeline.yaml",
        """
        pipeline: p
        vars: {who: me, greeting: "hello ${var:who}"}
        catalogs: {lake: {type: rest, uri: from-file, warehouse: w, retries: [1, 2]}}
        sources: {s: {type: things, resources: {r: {path: "${var:greeting}"}}}}
        profiles:
          dev: {catalogs: {lake: {uri: from-block}}}
        """);
  }

  @Test
  void laterLayersWinAndEveryValueRemembersItsOwn() throws IOException {
    Path home = folder.resolve("home");
    write("home/.firn/config.yaml", "limits: {threads: 1}\n");
    assertThat(uri()).isEqualTo("from-file");
    assertThat(origin("limits.threads", settings())).endsWith("config.yaml:1:19");

    assertThat(uri(settings().withProfile("dev"))).isEqualTo("from-block");

    write("profiles/dev.yaml", "catalogs: {lake: {uri: from-profile-file}}\n");
    assertThat(uri(settings().withProfile("dev"))).isEqualTo("from-profile-file");

    write("vars.env", "# comment\nexport FIRN__CATALOGS__LAKE__URI='from-env-file'\n");
    Settings withEnvFile = settings().withProfile("dev").withEnvFile(folder.resolve("vars.env"));
    assertThat(uri(withEnvFile)).isEqualTo("from-env-file");

    environment.put("FIRN__CATALOGS__LAKE__URI", "from-environment");
    Settings withEnvironment =
        settings().withProfile("dev").withEnvFile(folder.resolve("vars.env"));
    assertThat(uri(withEnvironment)).isEqualTo("from-environment");
    assertThat(origin("catalogs.lake.uri", withEnvironment))
        .isEqualTo("environment FIRN__CATALOGS__LAKE__URI");

    Settings withSet = withEnvironment.withOverrides(List.of("catalogs.lake.uri=from-set"));
    assertThat(uri(withSet)).isEqualTo("from-set");
    assertThat(origin("catalogs.lake.uri", withSet)).isEqualTo("--set catalogs.lake.uri");
    assertThat(origin("catalogs.lake.warehouse", withSet)).endsWith("pipeline.yaml:3:58");
    assertThat(origin("limits.depth", withSet)).isEqualTo("default");
    assertThat(home).exists();
  }

  @Test
  void theEnvironmentFileIsReadOnlyWhenNamed() throws IOException {
    write(".env", "FIRN__CATALOGS__LAKE__URI=from-env-file\n");

    assertThat(uri()).isEqualTo("from-file");
  }

  @Test
  void listsAreReplacedAndMapsMerged() {
    Settings settings = settings().withOverrides(List.of("catalogs.lake.retries=[9]"));

    assertThat(load(settings).spec().destination().settings().toString())
        .isEqualTo("{\"type\":\"rest\",\"uri\":\"from-file\",\"warehouse\":\"w\",\"retries\":[9]}");
  }

  @Test
  void aVariableFindsKeysWithDashesInAnyCase() {
    environment.put("firn__Limits__line_bytes", "4096");
    environment.put("FIRN__SOURCES__S__RESOURCES__R__WRITE_DISPOSITION", "replace");

    PipelineSpec spec = load(settings()).spec();

    assertThat(spec.limits().lineBytes()).isEqualTo(4096);
    assertThat(spec.sources().get(0).resources().get(0).disposition().word()).isEqualTo("replace");
  }

  @Test
  void aVariableThatFitsTwoKeysIsRefused() {
    environment.put("FIRN__VARS__MY_NAME", "x");
    Settings settings = settings().withOverrides(List.of());

    assertThatThrownBy(
            () -> {
              write("profiles.yaml", "profiles: {two: {vars: {my-name: a, my_name: b}}}\n");
              load(settings.withProfile("two"));
            })
        .hasMessageContaining("environment FIRN__VARS__MY_NAME: It may mean any of")
        .hasMessageContaining("my-name, my_name");
  }

  @Test
  void twoVariablesForOneSettingAreRefused() {
    environment.put("FIRN__LIMITS__LINE_BYTES", "1");
    environment.put("firn__limits__line_bytes", "2");

    assertThatThrownBy(() -> load(settings())).hasMessageContaining("name the same setting");
  }

  @Test
  void anUnknownProfileListsTheKnownOnes() {
    assertThatThrownBy(() -> load(settings().withProfile("dve")))
        .hasMessageContaining("profile dve: There is no profile 'dve'.");
  }

  @Test
  void theProfileComesFromTheVariableOrTheFilesDefault() throws IOException {
    write(
        "profiles.yaml", "default: stage\nprofiles: {stage: {catalogs: {lake: {uri: staged}}}}\n");
    assertThat(uri()).isEqualTo("staged");

    environment.put("FIRN_PROFILE", "dev");
    assertThat(uri()).isEqualTo("from-block");
    assertThat(load(settings()).profile()).contains("dev");
  }

  @Test
  void aMisspeltOverrideIsFoundWhereItWasWritten() {
    assertThatThrownBy(() -> load(settings().withOverrides(List.of("limits.thread=2"))))
        .hasMessageContaining("--set limits.thread: Unknown key 'thread' in 'limits'.");
    assertThatThrownBy(() -> load(settings().withOverrides(List.of("limits"))))
        .hasMessageContaining("--set limits: Expected key=value.");
  }

  @Test
  void anOverrideOfSomethingThatNobodyDeclaresIsRefused() {
    assertThatThrownBy(() -> load(settings().withOverrides(List.of("vars.woh=you"))))
        .hasMessage("--set vars.woh: Nothing declares or uses the variable 'woh'.")
        .hasFieldOrPropertyWithValue("hint", "Did you mean 'who'?");
    assertThatThrownBy(() -> load(settings().withOverrides(List.of("catalogs.lak.uri=x"))))
        .hasMessageContaining("--set catalogs.lak.uri: There is no catalog 'lak'.")
        .hasFieldOrPropertyWithValue("hint", "Did you mean 'lake'?");
    assertThatThrownBy(() -> load(settings().withOverrides(List.of("sources.q.path=x"))))
        .hasMessageContaining("--set sources.q.path: There is no source 'q'.");
    assertThatThrownBy(
            () -> load(settings().withOverrides(List.of("sources.s.resources.rr.path=x"))))
        .hasMessageContaining("There is no resource 'rr' in source 's'.");
    environment.put("FIRN__VARS__WOH", "you");
    assertThatThrownBy(() -> load(settings()))
        .hasMessageContaining("environment FIRN__VARS__WOH: Nothing declares or uses");
  }

  @Test
  void anOverrideMayDeclareAVariableThatATemplateUsesAndAWholeCatalog() throws IOException {
    write(
        "pipeline.yaml",
        "pipeline: p\nsources: {s: {type: things, resources: {r: {path: '${var:day}'}}}}\n");

    PipelineSpec spec =
        load(settings()
                .withOverrides(
                    List.of("vars.day=mon", "catalogs.lake.type=jdbc", "catalogs.lake.uri=x")))
            .spec();

    assertThat(spec.sources().get(0).resources().get(0).options().path("path").asText())
        .isEqualTo("mon");
    assertThat(spec.destination().catalog()).isEqualTo("lake");
  }

  @Test
  void aCompiledPipelineKeepsTheTemplatesThatDependOnThePlace() throws IOException {
    write(
        "pipeline.yaml",
        """
        pipeline: p
        vars: {base: "${env:HOST:-local}", dir: in}
        limits:
          threads: "${env:THREADS}"
          depth: ${env:DEPTH}
        catalogs:
          lake: {type: rest, token: "${secret:lake}", key-password: plain-text, list: [a, "${env:HOST}"]}
        sources:
          s:
            type: things
            url: http://${var:base}/${var:dir}
            resources: {r: {path: "${var:dir}/${run.ds}", table: "${env:TABLE}"}}
        """);
    environment.put("FIRN_SECRET_LAKE", "hush-hush");
    environment.put("HOST", "box");
    environment.put("THREADS", "3");
    environment.put("DEPTH", "4");
    environment.put("TABLE", "raw.t");

    String yaml = PipelineFile.compile(folder.resolve("pipeline.yaml"), settings());

    assertThat(yaml)
        .contains("url: http://${env:HOST:-local}/in")
        .contains("path: \"in/${run.ds}\"")
        .contains("table: \"${env:TABLE}\"")
        .contains("token: \"${secret:lake}\"")
        .contains("key-password: \"***\"")
        .contains("list: [a, \"${env:HOST}\"]")
        .contains("threads: \"${env:THREADS}\"")
        .contains("depth: ${env:DEPTH}")
        .doesNotContain("hush-hush")
        .doesNotContain("plain-text");
    write("compiled.yaml", yaml.replace("***", "plain-text"));
    assertThat(PipelineFile.read(folder.resolve("compiled.yaml"), settings()).spec())
        .isEqualTo(load(settings()).spec());
  }

  @Test
  void aHintThatNamesTheTemplateOfASecretIsReadable() throws IOException {
    write(
        "pipeline.yaml",
        "pipeline: p\nsources: {s: {type: things, resources: {r: {path: '${nope}'}}}}\n");

    assertThatThrownBy(() -> load(settings()))
        .extracting(failure -> new Redactor().redact(((FirnException) failure).hint()))
        .asString()
        .contains("${secret:name}");
    assertThat(new Redactor().redact("secret: abc, token=${env:T}"))
        .isEqualTo("secret: ***, token=${env:T}");
  }

  @Test
  void templatesAreFilledAndSecretsAreHidden() throws IOException {
    write(".firn/secrets/pass", "from-file-secret\n");
    write("note.txt", "noted\n");
    environment.put("FIRN_SECRET_API", "from-variable-secret");
    environment.put("SHOP_TOKEN", "tok-123456");
    environment.put("PLAIN", "pl");
    Settings settings =
        settings()
            .withOverrides(
                List.of(
                    "catalogs.lake.a=${secret:pass}",
                    "catalogs.lake.b=${secret:api}",
                    "catalogs.lake.c=${env:SHOP_TOKEN}",
                    "catalogs.lake.d=${env:PLAIN}/${env:MISSING:-x}${file:note.txt}",
                    "catalogs.lake.e=$${literal}",
                    "catalogs.lake.password=s3cr3t",
                    "catalogs.lake.n=${env:MISSING:-7}",
                    "sources.s.resources.r.path=${run.id}$${x}"));

    LoadedPipeline loaded = load(settings);

    var lake = loaded.spec().destination().settings();
    assertThat(lake.path("a").asText()).isEqualTo("from-file-secret");
    assertThat(lake.path("b").asText()).isEqualTo("from-variable-secret");
    assertThat(lake.path("c").asText()).isEqualTo("tok-123456");
    assertThat(lake.path("d").asText()).isEqualTo("pl/xnoted");
    assertThat(lake.path("e").asText()).isEqualTo("${literal}");
    assertThat(lake.path("n").isIntegralNumber()).isTrue();
    assertThat(path(loaded)).isEqualTo("${run.id}$${x}");
    assertThat(
            loaded.redactor().redact("from-file-secret from-variable-secret tok-123456 s3cr3t pl"))
        .isEqualTo("*** *** *** *** pl");
    assertThat(loaded.values())
        .contains(new ConfigValue("catalogs.lake.password", "***", "--set catalogs.lake.password"));
  }

  @Test
  void aPrimaryKeyMeansMergeUnlessADispositionIsWritten() {
    Settings keyed =
        settings().withOverrides(List.of("sources.s.resources.r.primary-key=[id, day]"));
    Settings appended =
        settings()
            .withOverrides(
                List.of(
                    "sources.s.resources.r.primary-key=id",
                    "sources.s.resources.r.write-disposition=append"));

    assertThat(disposition(keyed)).isEqualTo("merge");
    assertThat(origin("sources.s.resources.r.write-disposition", keyed))
        .isEqualTo("implied by primary-key");
    assertThat(PipelineFile.write(load(keyed).spec())).contains("write-disposition: merge");
    assertThat(disposition(appended)).isEqualTo("append");
    assertThat(PipelineFile.write(load(appended).spec())).contains("write-disposition: append");
    assertThat(disposition(settings())).isEqualTo("append");
  }

  @Test
  void aPrimaryKeyOverAJavaSourceLeavesTheDispositionToItsCode() throws IOException {
    write(
        "pipeline.yaml",
        "pipeline: p\nsources: {s: {type: java, class: x.Y, resources: {r: {primary-key: id}}}}\n");

    LoadedPipeline loaded = load(settings());

    assertThat(loaded.spec().sources().get(0).written().get("r")).containsExactly("primary-key");
    assertThat(PipelineFile.write(loaded.spec())).doesNotContain("write-disposition");
  }

  private String disposition(Settings settings) {
    return load(settings).spec().sources().get(0).resources().get(0).disposition().word();
  }

  @Test
  void variablesMayUseVariables() {
    assertThat(path(load(settings()))).isEqualTo("hello me");
  }

  @Test
  void textFromOutsideIsNeverATemplateOfTheRun() {
    environment.put("TRICK", "${run.id}");
    Settings settings =
        settings().withOverrides(List.of("sources.s.resources.r.path=${env:TRICK}"));

    assertThat(path(load(settings))).isEqualTo("$${run.id}");
  }

  private static String path(LoadedPipeline loaded) {
    return loaded.spec().sources().get(0).resources().get(0).options().path("path").asText();
  }

  private String uri() {
    return uri(settings());
  }

  private String uri(Settings settings) {
    return load(settings).spec().destination().settings().path("uri").asText();
  }

  private String origin(String path, Settings settings) {
    return load(settings).values().stream()
        .filter(value -> value.path().equals(path))
        .findFirst()
        .orElseThrow()
        .origin();
  }

  private Settings settings() {
    return new Settings(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        environment,
        Optional.of(folder.resolve("home")));
  }

  private LoadedPipeline load(Settings settings) {
    return PipelineFile.read(folder.resolve("pipeline.yaml"), settings);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
