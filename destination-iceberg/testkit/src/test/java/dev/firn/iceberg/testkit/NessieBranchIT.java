package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.destination.Diagnosis;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.Iceberg;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.projectnessie.client.NessieClientBuilder;
import org.projectnessie.client.api.NessieApiV2;
import org.projectnessie.model.Branch;
import org.projectnessie.model.Reference;
import org.projectnessie.model.Tag;

/** Loads on branches of a Nessie server, and what is said when one cannot be opened. */
@SuppressWarnings("NullAway.Init") // set before the tests
class NessieBranchIT {
  private static final String TOKEN = "a-token-of-nessie";
  private static final TableName USERS = TableName.parse("shop.users");

  private static NessieServer server;
  private static NessieServer guarded;

  @TempDir private Path project;
  private NessieApiV2 api;

  @BeforeAll
  static void start() {
    guarded = NessieServer.start(Optional.of(TOKEN));
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @BeforeEach
  void startEmpty() {
    if (server != null) {
      server.close();
    }
    server = NessieServer.start(Optional.empty());
    api =
        NessieClientBuilder.createClientBuilder(null, null)
            .fromConfig(key -> null)
            .withUri(server.uri())
            .build(NessieApiV2.class);
  }

  private Map<String, Object> settings(String... more) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("type", "nessie");
    settings.put("uri", server.uri());
    settings.put("warehouse", "warehouse");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private Map<String, Object> etl() {
    return settings("ref", "etl", "branch", "create-if-missing", "merge", "on-success");
  }

  private Destination open(Map<String, Object> settings) {
    return new IcebergDestinationProvider()
        .open(new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project));
  }

  private FirnException refusal(Map<String, Object> settings) {
    FirnException refusal = catchThrowableOfType(FirnException.class, () -> open(settings).close());
    assertThat(refusal).as("it was opened").isNotNull();
    return refusal;
  }

  private RunReport run(Map<String, Object> settings, Resource... resources) {
    return Firn.pipeline("people")
        .destination(Iceberg.catalog("lake", settings))
        .workFolder(project)
        .run(resources);
  }

  private static Resource users(Integer... ids) {
    List<Map<String, Integer>> rows = Arrays.stream(ids).map(id -> Map.of("id", id)).toList();
    return Resource.of("users", () -> rows).into("shop.users");
  }

  private static Resource broken() {
    return Resource.of(
            "broken",
            () -> {
              throw new IllegalStateException("the source is gone");
            })
        .into("shop.broken");
  }

  private List<String> rows(Map<String, Object> settings) {
    try (Destination destination = open(settings)) {
      return destination.metadata().current(USERS).isEmpty()
          ? List.of("no table")
          : destination.metadata().sample(USERS, 10).stream()
              .map(row -> row.replaceAll(".*\"id\":(\\d+).*", "$1"))
              .sorted()
              .toList();
    }
  }

  @Test
  void runThatFailsLeavesTheBaseAsItWas() {
    run(settings(), users(1)).throwIfFailed();

    RunReport report = run(etl(), users(2), broken());

    assertThat(report.status()).isEqualTo("failed");
    assertThat(rows(settings())).containsExactly("1");
    assertThat(rows(settings("ref", "etl"))).containsExactly("1", "2");
  }

  @Test
  void runThatSucceedsIsMergedAndTheNextOneToo() throws Exception {
    run(settings(), users(1)).throwIfFailed();

    run(etl(), users(2)).throwIfFailed();
    assertThat(rows(settings())).containsExactly("1", "2");
    String merged = api.getReference().refName("main").get().getHash();
    try (Destination destination = open(etl())) {
      assertThat(destination.publish()).as("there is nothing new").isEmpty();
    }
    assertThat(api.getReference().refName("main").get().getHash()).isEqualTo(merged);
    run(etl(), users(3)).throwIfFailed();

    assertThat(rows(settings())).containsExactly("1", "2", "3");
  }

  @Test
  void emptyBaseTakesTheFirstLoads() {
    run(etl(), users(1)).throwIfFailed();
    run(etl(), users(2)).throwIfFailed();

    assertThat(rows(settings())).containsExactly("1", "2");
  }

  @Test
  void withoutMergeTheBaseIsLeftAlone() {
    run(settings("ref", "etl", "branch", "create-if-missing"), users(1)).throwIfFailed();

    assertThat(rows(settings())).containsExactly("no table");
    assertThat(rows(settings("ref", "etl"))).containsExactly("1");
  }

  @Test
  void tableThatChangedOnBothBranchesIsNamedAndTheLoadStays() {
    run(settings(), users(1)).throwIfFailed();
    open(etl()).close();
    run(settings(), users(2)).throwIfFailed();

    RunReport report = run(etl(), users(3));

    FirnException error = report.error().orElseThrow();
    assertThat(error.code()).isEqualTo(ErrorCode.COMMIT_CONFLICT);
    assertThat(error).hasMessage("Branch etl cannot be merged into main: both changed shop.users.");
    assertThat(rows(settings())).containsExactly("1", "2");
    assertThat(rows(settings("ref", "etl"))).containsExactly("1", "3");
  }

  @Test
  void branchIsMadeFromTheBaseThatIsNamed() {
    run(settings("ref", "staging", "branch", "create-if-missing"), users(1)).throwIfFailed();

    Map<String, Object> onStaging =
        settings("ref", "etl", "branch", "create-if-missing", "base", "staging");

    assertThat(rows(onStaging)).containsExactly("1");
  }

  @Test
  void missingBranchListsThoseThatAreThere() throws Exception {
    api.createReference()
        .sourceRefName("main")
        .reference(Branch.of("staging", api.getDefaultBranch().getHash()))
        .create();

    FirnException refusal = refusal(settings("ref", "stagin"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal)
        .hasMessage(
            "Cannot open catalog 'lake': there is no branch 'stagin'. Branches: main, staging.");
    assertThat(refusal.hint()).contains("branch: create-if-missing");
  }

  @Test
  void tagIsNoPlaceToLoadInto() throws Exception {
    api.createReference()
        .sourceRefName("main")
        .reference(Tag.of("v1", api.getDefaultBranch().getHash()))
        .create();

    assertThat(refusal(settings("ref", "v1")))
        .hasMessage("Cannot open catalog 'lake': 'v1' is a tag, but loads need a branch.");
  }

  @Test
  void whatTheRunIsMergedIntoIsLookedAtBeforeAnythingIsLoaded() throws Exception {
    api.createReference()
        .sourceRefName("main")
        .reference(Tag.of("v1", api.getDefaultBranch().getHash()))
        .create();
    api.createReference()
        .sourceRefName("main")
        .reference(Branch.of("etl", api.getDefaultBranch().getHash()))
        .create();

    FirnException missing = refusal(settings("ref", "etl", "base", "mian", "merge", "on-success"));
    FirnException tag = refusal(settings("ref", "etl", "base", "v1", "merge", "on-success"));

    assertThat(missing).hasMessageContaining("there is no branch 'mian'");
    assertThat(missing.hint()).isEqualTo("Correct catalogs.lake.base.");
    assertThat(tag).hasMessageContaining("'v1' is a tag");
    assertThat(tag.hint()).isEqualTo("Correct catalogs.lake.base.");
  }

  @Test
  void examinationTakesAwayTheBranchThatItMadeAndNoOther() {
    DestinationConfig config =
        new DestinationConfig("lake", new ObjectMapper().valueToTree(etl()), project);

    Diagnosis diagnosis = new IcebergDestinationProvider().diagnose(config, new Redactor());
    assertThat(diagnosis.failure()).isEmpty();
    assertThat(branches()).containsExactly("main");

    open(etl()).close();
    new IcebergDestinationProvider().diagnose(config, new Redactor());
    assertThat(branches()).containsExactlyInAnyOrder("main", "etl");
  }

  private List<String> branches() {
    return api.getAllReferences().get().getReferences().stream().map(Reference::getName).toList();
  }

  @Test
  void tokenIsShownAndAWrongOneIsAMistakeInTheConfiguration() {
    Map<String, Object> right = settings("uri", guarded.uri(), "token", TOKEN);
    assertThat(rows(right)).containsExactly("no table");

    FirnException refusal = refusal(settings("uri", guarded.uri(), "token", "another-token"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal)
        .hasMessageStartingWith("Cannot open catalog 'lake': it does not accept the credentials")
        .hasMessageNotContaining("another-token");
    assertThat(refusal.hint()).contains("catalogs.lake");
    assertThat(refusal(settings("uri", guarded.uri())).code()).isEqualTo(ErrorCode.INVALID_CONFIG);
  }

  @Test
  void clientCredentialsGetTheToken() throws Exception {
    HttpServer login =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String basic =
        Base64.getEncoder().encodeToString("firn:secret".getBytes(StandardCharsets.UTF_8));
    login.createContext(
        "/token",
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean known =
              ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                  && form.contains("grant_type=client_credentials")
                  && form.contains("scope=catalog");
          byte[] answer =
              (known
                      ? "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":3600}"
                          .formatted(TOKEN)
                      : "{\"error\":\"invalid_client\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    login.start();
    Map<String, Object> auth = new TreeMap<>();
    auth.put("type", "client-credentials");
    auth.put("token-endpoint", "http://127.0.0.1:" + login.getAddress().getPort() + "/token");
    auth.put("client-id", "firn");
    auth.put("client-secret", "secret");
    auth.put("scope", "catalog");
    Map<String, Object> settings = settings("uri", guarded.uri());
    settings.put("auth", auth);

    assertThat(rows(settings)).containsExactly("no table");
    auth.put("client-secret", "wrong-secret");
    FirnException refusal = refusal(settings);

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageNotContaining("wrong-secret");
    login.stop(0);
  }

  @Test
  void closedPortIsNamed() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    FirnException refusal = refusal(settings("uri", "http://127.0.0.1:" + port + "/api/v2"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("nothing answers at http://127.0.0.1:" + port);
  }

  @Test
  void addressThatIsNoNessieServerIsAMistakeInTheConfiguration() {
    FirnException refusal = refusal(settings("uri", server.uri() + "/elsewhere"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("no Nessie server of API version 2");
    assertThat(refusal.hint()).contains("http://host:19120/api/v2");
  }

  @Test
  void settingsAreCheckedBeforeAnythingIsSent() {
    assertMistake(settings("rev", "etl"), "has no key 'rev'", "'ref'");
    assertMistake(settings("branch", "create"), "branch cannot be 'create'", "create-if-missing");
    assertMistake(settings("merge", "on-success"), "there is no ref", "catalogs.lake.ref");
    assertMistake(settings("ref", "a", "base", "a"), "the same branch, 'a'", "another name");
    assertMistake(settings("uri", "localhost"), "is no http address", "https://host/path");
    Map<String, Object> noWarehouse = settings();
    noWarehouse.remove("warehouse");
    assertMistake(noWarehouse, "has no 'warehouse'", "catalogs.lake.warehouse");
    Map<String, Object> basic = settings();
    basic.put("auth", Map.of("type", "basic"));
    assertMistake(basic, "there is no auth type 'basic'", "client-credentials");
  }

  private void assertMistake(Map<String, Object> settings, String message, String hint) {
    FirnException refusal = refusal(settings);
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.hint()).contains(hint);
  }
}
