package dev.firn.iceberg.internal.rest;

import dev.firn.iceberg.CatalogProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.ErrorHandlers;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.ImmutableHTTPRequest;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.ResourcePaths;
import org.apache.iceberg.rest.auth.AuthManager;
import org.apache.iceberg.rest.auth.AuthManagers;
import org.apache.iceberg.rest.auth.AuthSession;
import org.apache.iceberg.rest.responses.ConfigResponse;

/**
 * What a REST catalog's server is asked for one by one, as Iceberg's client asks when it is opened.
 */
final class RestProbes {
  private static final String TOKEN = "token";
  private static final String CONFIG = "/v1/config";

  private final String name;
  private final RestAuth auth;
  private final Map<String, String> properties;
  private final String uri;

  /**
   * @param properties those that the catalog is opened with
   */
  RestProbes(String name, RestAuth auth, Map<String, String> properties) {
    this.name = name;
    this.auth = auth;
    this.properties = Map.copyOf(properties);
    this.uri = properties.getOrDefault(CatalogProperties.URI, "").replaceFirst("/+$", "");
  }

  List<CatalogProbe> all() {
    return List.of(token(), configuration());
  }

  private CatalogProbe token() {
    Optional<String> request = auth.tokenRequest();
    if (request.isPresent()) {
      return CatalogProbe.of(TOKEN, request.get(), () -> asked(this::bearer));
    }
    return CatalogProbe.none(
        TOKEN,
        auth.bearers().isEmpty() ? "no authentication is set" : "the token is used as it is");
  }

  private String bearer(RESTClient client, AuthSession session) {
    HTTPRequest request =
        ImmutableHTTPRequest.builder()
            .method(HTTPRequest.HTTPMethod.GET)
            .baseUri(URI.create(uri))
            .path(ResourcePaths.config())
            .build();
    boolean signed = session.authenticate(request).headers().contains("Authorization");
    return signed ? "a bearer was issued" : "the server issued none";
  }

  private CatalogProbe configuration() {
    Map<String, String> query = new TreeMap<>();
    String warehouse = properties.get(CatalogProperties.WAREHOUSE_LOCATION);
    if (warehouse != null) {
      query.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse);
    }
    String sends =
        "GET %s%s%s".formatted(uri, CONFIG, warehouse == null ? "" : "?warehouse=" + warehouse);
    return CatalogProbe.of(
        CONFIG, sends, () -> asked((client, session) -> config(client, session, query)));
  }

  private String config(RESTClient client, AuthSession session, Map<String, String> query) {
    ConfigResponse answer =
        client
            .withAuthSession(session)
            .get(
                ResourcePaths.config(),
                query,
                ConfigResponse.class,
                RESTUtil.configHeaders(properties),
                ErrorHandlers.configErrorHandler());
    String endpoints =
        answer.endpoints().isEmpty()
            ? "it lists no endpoints"
            : answer.endpoints().contains(Endpoint.V1_COMMIT_TRANSACTION)
                ? "it commits several tables at once"
                : "it commits one table at a time";
    return "answered; " + endpoints;
  }

  private interface Question {
    String ask(RESTClient client, AuthSession session);
  }

  private String asked(Question question) {
    try (HTTPClient client =
            HTTPClient.builder(properties)
                .uri(uri)
                .withHeaders(RESTUtil.configHeaders(properties))
                .build();
        AuthManager manager = AuthManagers.loadAuthManager(name, properties);
        AuthSession session = manager.initSession(client, properties)) {
      return question.ask(client, session);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
