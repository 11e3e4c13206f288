package dev.firn.iceberg.internal.rest;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.rest.ErrorHandlers;
import org.apache.iceberg.rest.HTTPHeaders;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.ImmutableHTTPRequest;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.auth.AuthManager;
import org.apache.iceberg.rest.auth.AuthSession;
import org.apache.iceberg.rest.responses.OAuthTokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a long-lived token of any type, such as a personal access token, for short-lived bearer
 * tokens (RFC 8693). Iceberg's own manager knows a fixed list of token types and uses a token as a
 * bearer before it exchanges it; here the long-lived one goes to the token endpoint and nowhere
 * else. A new bearer is asked for when two thirds of the old one's life are over.
 */
public final class TokenExchange implements AuthManager {
  static final String ENDPOINT = "firn.token-endpoint";
  static final String SUBJECT = "firn.subject-token";
  static final String SUBJECT_TYPE = "firn.subject-token-type";
  static final String CLIENT_ID = "firn.client-id";
  static final String CLIENT_SECRET = "firn.client-secret";
  static final String SCOPE = "firn.token-scope";

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final long UNSAID_LIFE_SECONDS = 3_600;

  private final Clock clock = Clock.systemUTC();
  private @Nullable String bearer;
  private long renewAtMillis;

  /** Called by Iceberg, by name. */
  public TokenExchange(String catalogName) {
    Objects.requireNonNull(catalogName);
  }

  // Its client is closed when the configuration has been read.
  @Override
  public AuthSession initSession(RESTClient client, Map<String, String> properties) {
    return new Session(client, properties);
  }

  @Override
  public AuthSession catalogSession(RESTClient client, Map<String, String> properties) {
    return new Session(client, properties);
  }

  @Override
  public void close() {
    // A bearer ends by itself.
  }

  /** The bearer of now: both sessions use the same. */
  private synchronized String bearer(Session session) {
    String known = bearer;
    if (known == null || clock.millis() >= renewAtMillis) {
      OAuthTokenResponse answer = session.exchange();
      known = answer.token();
      bearer = known;
      Integer life = answer.expiresInSeconds();
      long seconds = life == null ? UNSAID_LIFE_SECONDS : life;
      renewAtMillis = clock.millis() + seconds * 1_000 * 2 / 3;
    }
    return known;
  }

  private final class Session implements AuthSession {
    private final RESTClient client;
    private final Map<String, String> properties;

    // Asked as itself, the client would want a bearer for the request for one.
    Session(RESTClient client, Map<String, String> properties) {
      this.client = client.withAuthSession(AuthSession.EMPTY);
      this.properties = Map.copyOf(properties);
    }

    @Override
    public HTTPRequest authenticate(HTTPRequest request) {
      HTTPHeaders authorization =
          HTTPHeaders.of(HTTPHeaders.HTTPHeader.of("Authorization", "Bearer " + bearer(this)));
      return ImmutableHTTPRequest.builder()
          .from(request)
          .headers(request.headers().putIfAbsent(authorization))
          .build();
    }

    private OAuthTokenResponse exchange() {
      Map<String, String> form = new LinkedHashMap<>();
      form.put("grant_type", GRANT);
      form.put("subject_token", required(SUBJECT));
      form.put("subject_token_type", required(SUBJECT_TYPE));
      form.put("requested_token_type", ACCESS_TOKEN);
      put(form, "scope", SCOPE);
      put(form, "client_id", CLIENT_ID);
      put(form, "client_secret", CLIENT_SECRET);
      return client.postForm(
          required(ENDPOINT),
          form,
          OAuthTokenResponse.class,
          Map.of(),
          ErrorHandlers.oauthErrorHandler());
    }

    private void put(Map<String, String> form, String field, String property) {
      String value = properties.get(property);
      if (value != null) {
        form.put(field, value);
      }
    }

    private String required(String property) {
      return Objects.requireNonNull(properties.get(property), property);
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
