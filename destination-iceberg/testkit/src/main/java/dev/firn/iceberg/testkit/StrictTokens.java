package dev.firn.iceberg.testkit;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A token endpoint (RFC 6749, RFC 8693) and the guard behind it: what does not carry a live token
 * of its own is refused. Fields that a request must not have are refused, too.
 */
public final class StrictTokens extends Filter {
  public static final String PATH = "/oauth/token";
  public static final String PAT = "a-personal-access-token";
  public static final String PAT_TYPE =
      "urn:ietf:params:oauth:token-type:dremio:personal-access-token";
  public static final String SECRET = "a-client-secret";

  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS = "urn:ietf:params:oauth:token-type:access_token";
  private static final Set<String> EXCHANGE_FIELDS =
      Set.of(
          "grant_type",
          "subject_token",
          "subject_token_type",
          "requested_token_type",
          "scope",
          "client_id");
  private static final Set<String> CREDENTIAL_FIELDS =
      Set.of("grant_type", "client_id", "client_secret", "scope");
  private static final Set<String> REFRESH_FIELDS =
      Set.of("grant_type", "refresh_token", "scope", "client_id");

  /** How a bearer becomes a new one. */
  public enum Renewal {
    /** It is exchanged itself, as long as it lives. */
    BY_EXCHANGE,
    /** A refresh token comes with it, for use once. */
    BY_REFRESH_TOKEN,
    NONE,
    /** The endpoint refuses everything, the personal token too. */
    REFUSED,
    /** The endpoint fails, whatever is asked. */
    BROKEN
  }

  private final Map<String, Long> live = new ConcurrentHashMap<>();
  private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final Set<String> bearers = ConcurrentHashMap.newKeySet();
  private final int lifeSeconds;
  private volatile Renewal renewal = Renewal.BY_EXCHANGE;
  private volatile boolean lifeSaid = true;

  public StrictTokens(int lifeSeconds) {
    this.lifeSeconds = lifeSeconds;
  }

  /** The forms that were sent to the token endpoint. */
  public List<Map<String, String>> requests() {
    return requests;
  }

  /** The tokens that were taken. */
  public Set<String> bearers() {
    return bearers;
  }

  /** The headers of requests without a live token. */
  public List<String> refused() {
    return refused;
  }

  /** Changes how bearers are renewed. */
  public void renewing(Renewal other) {
    renewal = other;
  }

  /** Says how long tokens live, or not: RFC 6749 only recommends it. */
  public void sayingLife(boolean said) {
    lifeSaid = said;
  }

  /** How many requests for a token brought the personal one. */
  public long exchangesOfPat() {
    return requests.stream().filter(form -> form.containsValue(PAT)).count();
  }

  /** A token that was had elsewhere, as good as any. */
  public String issue() {
    String token = UUID.randomUUID().toString();
    accept(token);
    return token;
  }

  /** Takes this token as one of its own. */
  public void accept(String token) {
    live.put(token, System.currentTimeMillis() + lifeSeconds * 1_000L);
  }

  /** Ends the life of all tokens. */
  public void revoke() {
    live.clear();
  }

  @Override
  public String description() {
    return "tokens";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    if (exchange.getRequestURI().getPath().equals(PATH)) {
      token(exchange);
      return;
    }
    String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String token = header.replaceFirst("^Bearer ", "");
    if (!header.startsWith("Bearer ")
        || live.getOrDefault(token, 0L) < System.currentTimeMillis()) {
      refused.add(header);
      reply(
          exchange,
          401,
          "{\"error\":{\"message\":\"not authorized\",\"type\":\"NotAuthorizedException\",\"code\":401}}");
      return;
    }
    bearers.add(token);
    chain.doFilter(exchange);
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form = new TreeMap<>();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (String field : body.split("&", -1)) {
      String[] parts = field.split("=", 2);
      form.put(decoded(parts[0]), decoded(parts[1]));
    }
    requests.add(form);
    if (renewal == Renewal.BROKEN) {
      reply(exchange, 500, "{\"error\":\"server_error\"}");
    } else if (exchange.getRequestHeaders().containsKey("Authorization") && isExchangeOfPat(form)) {
      reply(exchange, 400, "{\"error\":\"invalid_request\"}");
    } else if (renewal != Renewal.REFUSED && granted(form)) {
      String token = issue();
      reply(
          exchange,
          200,
          "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"issued_token_type\":\"%s\"%s%s}"
              .formatted(token, ACCESS, life(), refreshToken()));
    } else {
      reply(exchange, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"unknown token\"}");
    }
  }

  private String life() {
    return lifeSaid ? ",\"expires_in\":" + lifeSeconds : "";
  }

  private String refreshToken() {
    if (renewal != Renewal.BY_REFRESH_TOKEN) {
      return "";
    }
    String token = UUID.randomUUID().toString();
    refreshTokens.add(token);
    return ",\"refresh_token\":\"%s\"".formatted(token);
  }

  private boolean granted(Map<String, String> form) {
    return switch (form.getOrDefault("grant_type", "")) {
      case "client_credentials" ->
          "reader".equals(form.get("client_id"))
              && SECRET.equals(form.get("client_secret"))
              && form.keySet().equals(CREDENTIAL_FIELDS);
      case EXCHANGE -> isExchangeOfPat(form) || isRenewal(form);
      case "refresh_token" ->
          "dremio".equals(form.get("client_id"))
              && REFRESH_FIELDS.containsAll(form.keySet())
              && refreshTokens.remove(form.getOrDefault("refresh_token", ""));
      default -> false;
    };
  }

  private static boolean isExchangeOfPat(Map<String, String> form) {
    return PAT_TYPE.equals(form.get("subject_token_type"))
        && PAT.equals(form.get("subject_token"))
        && ACCESS.equals(form.get("requested_token_type"))
        && "dremio.all".equals(form.get("scope"))
        && "dremio".equals(form.get("client_id"))
        && EXCHANGE_FIELDS.containsAll(form.keySet());
  }

  private boolean isRenewal(Map<String, String> form) {
    return renewal == Renewal.BY_EXCHANGE
        && EXCHANGE_FIELDS.containsAll(form.keySet())
        && ACCESS.equals(form.get("subject_token_type"))
        && live.getOrDefault(form.getOrDefault("subject_token", ""), 0L)
            >= System.currentTimeMillis();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void reply(HttpExchange exchange, int code, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean none = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
