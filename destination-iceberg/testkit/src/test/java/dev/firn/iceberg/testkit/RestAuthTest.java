package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.IcebergDestinationProvider;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.rest.RestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Firn shows a REST catalog who it is, and what it says when it is not believed. */
@SuppressWarnings("NullAway.Init") // set before each test
class RestAuthTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final StrictTokens tokens = new StrictTokens(1);
  @TempDir private Path project;
  private RestServer server;

  @BeforeEach
  void start() {
    CatalogConfig behind =
        new CatalogConfig("behind", JsonNodeFactory.instance.objectNode(), project);
    server = RestServer.start(Providers.of("jdbc").open(behind), Optional.of(tokens));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Destination open(Map<String, Object> settings) {
    return new IcebergDestinationProvider()
        .open(new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project));
  }

  private FirnException refusal(Map<String, Object> settings) {
    FirnException refusal =
        catchThrowableOfType(FirnException.class, () -> open(settings).metadata().tables());
    assertThat(refusal).as("it was opened").isNotNull();
    return refusal;
  }

  private Map<String, Object> dremio() {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("type", "dremio");
    settings.put("project", "first-project");
    settings.put("uri", server.uri());
    settings.put("token", StrictTokens.PAT);
    settings.put("token-endpoint", server.uri() + StrictTokens.PATH);
    return settings;
  }

  private Map<String, Object> polaris(String secret) {
    return Map.of(
        "type",
        "polaris",
        "uri",
        server.uri(),
        "warehouse",
        "demo",
        "credential",
        "reader:" + secret,
        "token-endpoint",
        server.uri() + StrictTokens.PATH);
  }

  // Works on until the server has taken so many tokens of one second each.
  private void workThrough(int bearers, Destination destination) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (tokens.bearers().size() < bearers && System.nanoTime() < end) {
      destination.metadata().tables();
    }
    assertThat(tokens.bearers()).hasSizeGreaterThanOrEqualTo(bearers);
    assertThat(tokens.refused()).isEmpty();
  }

  @Test
  void personalTokenGoesToTheTokenEndpointOnceAndBearersAreRenewedBeforeTheyEnd() {
    try (Destination destination = open(dremio())) {
      workThrough(3, destination);
    }

    List<Map<String, String>> forms = tokens.requests();
    assertThat(forms).hasSize(tokens.bearers().size());
    assertThat(forms.get(0))
        .containsEntry("subject_token", StrictTokens.PAT)
        .containsEntry("subject_token_type", StrictTokens.PAT_TYPE);
    assertThat(tokens.exchangesOfPat()).isEqualTo(1);
    assertThat(forms.subList(1, forms.size()))
        .as("each brings a bearer, and one that has ended is refused")
        .allSatisfy(form -> assertThat(tokens.bearers()).contains(form.get("subject_token")));
    assertThat(server.headers())
        .allSatisfy(
            headers -> {
              assertThat(headers.values()).noneMatch(value -> value.contains(StrictTokens.PAT));
              assertThat(headers)
                  .containsEntry("x-iceberg-access-delegation", "vended-credentials");
            });
  }

  @Test
  void refreshTokensRenewBearersWhereTheEndpointGivesThem() {
    tokens.renewing(StrictTokens.Renewal.BY_REFRESH_TOKEN);

    try (Destination destination = open(dremio())) {
      workThrough(3, destination);
    }

    assertThat(tokens.exchangesOfPat()).isEqualTo(1);
    assertThat(tokens.requests()).hasSize(tokens.bearers().size());
    assertThat(tokens.requests().subList(1, tokens.requests().size()))
        .allSatisfy(form -> assertThat(form).containsEntry("grant_type", "refresh_token"));
  }

  @Test
  void endpointThatRenewsNothingIsAskedOnceAndSentThePersonalTokenFromThenOn() {
    tokens.renewing(StrictTokens.Renewal.NONE);

    try (Destination destination = open(dremio())) {
      workThrough(3, destination);
    }

    assertThat(tokens.exchangesOfPat()).isEqualTo(tokens.bearers().size());
    assertThat(tokens.requests()).hasSize(tokens.bearers().size() + 1);
  }

  @Test
  void bearerIsUsedOnWhileTheTokenEndpointFailsAndToItsEndOnly() {
    try (Destination destination = open(dremio())) {
      destination.metadata().tables();
      tokens.renewing(StrictTokens.Renewal.BROKEN);

      FirnException refusal =
          catchThrowableOfType(FirnException.class, () -> workThrough(2, destination));

      assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
      assertThat(tokens.requests()).as("asked again and again").hasSizeGreaterThan(3);
      assertThat(tokens.refused()).isEmpty();
      tokens.renewing(StrictTokens.Renewal.BY_EXCHANGE);
      destination.metadata().tables();
    }
  }

  @Test
  void clientCredentialsAreSentAgainBeforeTheirBearerEnds() {
    tokens.renewing(StrictTokens.Renewal.NONE);

    try (Destination destination = open(polaris(StrictTokens.SECRET))) {
      workThrough(3, destination);
    }

    assertThat(tokens.requests())
        .hasSize(tokens.bearers().size())
        .allSatisfy(
            form ->
                assertThat(form)
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("scope", "PRINCIPAL_ROLE:ALL"));
  }

  @Test
  void clientCredentialsBringBearersAgainAfterTheTokenEndpointHasFailed() {
    tokens.renewing(StrictTokens.Renewal.NONE);

    try (Destination destination = open(polaris(StrictTokens.SECRET))) {
      destination.metadata().tables();
      tokens.renewing(StrictTokens.Renewal.BROKEN);
      FirnException refusal =
          catchThrowableOfType(FirnException.class, () -> workThrough(2, destination));
      assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);

      tokens.renewing(StrictTokens.Renewal.NONE);
      workThrough(3, destination);
    }
  }

  @Test
  void personalTokenThatIsUnknownIsAMistakeInTheConfiguration() {
    Map<String, Object> settings = dremio();
    settings.put("token", "another-token");

    FirnException refusal = refusal(settings);

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal)
        .hasMessageStartingWith("Cannot open catalog 'lake': it does not accept the credentials")
        .hasMessageNotContaining("another-token");
    assertThat(refusal.hint()).contains("catalogs.lake");
  }

  @Test
  void wrongSecretIsAMistakeInTheConfiguration() {
    FirnException refusal = refusal(polaris("wrong-secret"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("does not accept the credentials");
    assertThat(refusal).hasMessageNotContaining("wrong-secret");
  }

  @Test
  void wrongBearerIsAMistakeInTheConfiguration() {
    FirnException refusal = refusal(Map.of("type", "rest", "uri", server.uri(), "token", "nobody"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("does not accept the credentials");
  }

  @Test
  void bearerThatIsTakenBackBeforeItsEndIsReplaced() {
    try (Destination destination = open(dremio())) {
      destination.metadata().tables();
      tokens.revoke();

      destination.metadata().tables();
    }

    assertThat(tokens.refused()).as("the old one was tried").hasSize(1);
    assertThat(tokens.exchangesOfPat()).isEqualTo(2);
  }

  @Test
  void bearerWhoseLifeIsNotSaidIsReplacedWhenItIsOver() {
    tokens.sayingLife(false);

    try (Destination destination = open(polaris(StrictTokens.SECRET))) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (tokens.bearers().size() < 3 && System.nanoTime() < end) {
        destination.metadata().tables();
      }
    }

    assertThat(tokens.bearers()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(tokens.refused()).as("each was used to its end").hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void tokenThatIsTakenBackAndUsedAsItIsMakesTheCatalogUnavailable() {
    Map<String, Object> settings =
        Map.of("type", "rest", "uri", server.uri(), "token", tokens.issue());
    try (Destination destination = open(settings)) {
      destination.metadata().tables();
      tokens.revoke();

      FirnException refusal =
          catchThrowableOfType(FirnException.class, () -> destination.metadata().tables());

      assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
      assertThat(refusal).hasMessageContaining("not authorized");
    }
  }

  @Test
  void closedPortIsNamed() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    FirnException refusal =
        refusal(Map.of("type", "rest", "uri", "http://127.0.0.1:" + port, "token", "x"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("nothing answers at http://127.0.0.1:" + port);
  }

  @Test
  void addressThatIsNoCatalogIsAMistakeInTheConfiguration() {
    FirnException refusal =
        refusal(Map.of("type", "rest", "uri", server.uri() + StrictTokens.PATH + "/no/catalog"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
  }

  @Test
  void settingsAreCheckedBeforeAnythingIsSent() {
    assertMistake(
        Map.of("type", "rest", "uri", server.uri(), "wharehouse", "x"),
        "Catalog 'lake' has no key 'wharehouse'.",
        "Did you mean 'warehouse'?");
    assertMistake(Map.of("type", "rest"), "Catalog 'lake' has no 'uri'.", "Set catalogs.lake.uri.");
    assertMistake(
        Map.of("type", "rest", "uri", "localhost:8181"),
        "uri 'localhost:8181' is no http address",
        "https://host/path");
    assertMistake(
        Map.of("type", "rest", "uri", server.uri(), "auth", Map.of("type", "basic")),
        "there is no auth type 'basic'",
        "token-exchange");
    assertMistake(
        Map.of(
            "type", "rest", "uri", server.uri(), "auth", Map.of("type", "token", "tokn", "secret")),
        "has no key 'auth.tokn'",
        "Did you mean 'token'?");
    assertMistake(
        Map.of("type", "rest", "uri", server.uri(), "auth", Map.of("type", "token-exchange")),
        "has no 'auth.token-endpoint'",
        "Set catalogs.lake.auth.token-endpoint.");
    assertMistake(
        Map.of("type", "rest", "uri", server.uri(), "token", "a", "credential", "b:c"),
        "more than one of token, credential and auth",
        "Keep one");
    assertMistake(Map.of("type", "dremio", "token", "x"), "has no 'project'", "project");
    assertThat(tokens.requests()).isEmpty();
    assertThat(tokens.refused()).isEmpty();
  }

  private void assertMistake(Map<String, Object> settings, String message, String hint) {
    FirnException refusal = refusal(settings);
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.hint()).contains(hint);
  }
}
