package dev.firn.iceberg.internal.rest;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The requests for bearers, as forms, from the settings of a catalog. */
record TokenForms(Map<String, String> properties) {
  static final String ENDPOINT = "firn.token-endpoint";
  static final String SUBJECT = "firn.subject-token";
  static final String SUBJECT_TYPE = "firn.subject-token-type";
  static final String CLIENT_ID = "firn.client-id";
  static final String CLIENT_SECRET = "firn.client-secret";
  static final String SCOPE = "firn.token-scope";

  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  TokenForms {
    properties = Map.copyOf(properties);
  }

  /** Those of a catalog with these properties, most of which are about something else. */
  static TokenForms of(Map<String, String> properties) {
    Map<String, String> own = new HashMap<>(properties);
    own.keySet()
        .retainAll(Set.of(ENDPOINT, SUBJECT, SUBJECT_TYPE, CLIENT_ID, CLIENT_SECRET, SCOPE));
    return new TokenForms(own);
  }

  String endpoint() {
    return required(ENDPOINT);
  }

  /** The long-lived token for a bearer (RFC 8693, section 2.1). */
  Map<String, String> ofSubject() {
    return exchange(required(SUBJECT), required(SUBJECT_TYPE));
  }

  /**
   * A bearer for a newer one: by its refresh token (RFC 6749, section 6), or, where it has none, by
   * itself (RFC 8693).
   */
  Map<String, String> ofBearer(Bearer bearer) {
    return bearer
        .renewal()
        .map(this::refresh)
        .orElseGet(() -> exchange(bearer.token(), ACCESS_TOKEN));
  }

  private Map<String, String> refresh(String token) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", token);
    return asClient(form);
  }

  private Map<String, String> exchange(String token, String type) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", EXCHANGE);
    form.put("subject_token", token);
    form.put("subject_token_type", type);
    form.put("requested_token_type", ACCESS_TOKEN);
    return asClient(form);
  }

  private Map<String, String> asClient(Map<String, String> form) {
    put(form, "scope", SCOPE);
    put(form, "client_id", CLIENT_ID);
    put(form, "client_secret", CLIENT_SECRET);
    return form;
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

  /** Tells nothing: what is not secret is beside secrets. */
  @Override
  public String toString() {
    return "TokenForms";
  }
}
