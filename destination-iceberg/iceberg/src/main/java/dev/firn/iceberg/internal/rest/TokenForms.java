package dev.firn.iceberg.internal.rest;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The requests for bearers of one catalog, as forms. They are never part of a catalog's properties,
 * which go into every storage client and which a server's own settings override.
 *
 * @param endpoint where they are sent
 * @param lasting the request that can be repeated as long as its secret is good
 * @param client who asks and for what, as fields
 * @param renewing whether a bearer may be sent for a newer one
 */
record TokenForms(
    String endpoint, Map<String, String> lasting, Map<String, String> client, boolean renewing) {
  static final String CLIENT_ID = "client_id";
  static final String CLIENT_SECRET = "client_secret";
  static final String SCOPE = "scope";

  private static final String GRANT_TYPE = "grant_type";
  private static final String SUBJECT_TYPE = "subject_token_type";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  TokenForms {
    lasting = Map.copyOf(lasting);
    client = Map.copyOf(client);
  }

  /** A long-lived token for a bearer (RFC 8693, section 2.1), and that for newer ones. */
  static TokenForms exchange(
      String endpoint, String token, String type, Map<String, String> client) {
    return new TokenForms(endpoint, exchange(token, type, client), client, true);
  }

  /** Client credentials for a bearer, and again for the next one (RFC 6749, section 4.4). */
  static TokenForms credentials(String endpoint, Map<String, String> client) {
    Map<String, String> form = new TreeMap<>(client);
    form.put(GRANT_TYPE, "client_credentials");
    return new TokenForms(endpoint, form, client, false);
  }

  /**
   * A bearer for a newer one: by its refresh token (RFC 6749, section 6), or, where it has none, by
   * itself (RFC 8693).
   */
  Map<String, String> ofBearer(Bearer bearer) {
    return bearer
        .renewal()
        .map(this::refresh)
        .orElseGet(() -> exchange(bearer.token(), ACCESS_TOKEN, client));
  }

  private Map<String, String> refresh(String token) {
    Map<String, String> form = new TreeMap<>(client);
    form.put(GRANT_TYPE, "refresh_token");
    form.put("refresh_token", token);
    return form;
  }

  private static Map<String, String> exchange(
      String token, String type, Map<String, String> client) {
    Map<String, String> form = new TreeMap<>(client);
    form.put(GRANT_TYPE, EXCHANGE);
    form.put("subject_token", token);
    form.put(SUBJECT_TYPE, type);
    form.put("requested_token_type", ACCESS_TOKEN);
    return form;
  }

  /** The lasting request for people to read, secrets masked. */
  String told() {
    String scope = field(SCOPE).map(text -> ", scope " + text).orElse("");
    return renewing
        ? "POST %s with grant_type token-exchange, subject_token ***, subject_token_type %s%s%s"
            .formatted(
                endpoint,
                field(SUBJECT_TYPE).orElse(""),
                field(CLIENT_ID).map(id -> ", client_id " + id).orElse(""),
                scope)
        : "POST %s with grant_type client_credentials, client_id %s, client_secret ***%s"
            .formatted(endpoint, field(CLIENT_ID).orElse("(none)"), scope);
  }

  private Optional<String> field(String name) {
    return Optional.ofNullable(lasting.get(name));
  }

  /** Tells nothing: what is not secret is beside secrets. */
  @Override
  public String toString() {
    return "TokenForms";
  }
}
