package org.apache.iceberg.rest;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.credentials.Credential;
import org.apache.iceberg.rest.credentials.ImmutableCredential;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ImmutableLoadCredentialsResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.util.Pair;
import org.jspecify.annotations.Nullable;

/** Iceberg's reference implementation of the REST protocol, served by the JDK's HTTP server. */
public final class RestServer implements AutoCloseable {
  static {
    // Read when the first server is made. Without it each answer waits 40 ms for an
    // acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String NEW_KEYS = "v1/new-keys";
  private static final String REFRESH = "client.refresh-credentials-endpoint";

  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final RESTCatalogAdapter adapter;
  private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
  private final List<UpdateTableRequest> commits = new CopyOnWriteArrayList<>();
  private final List<Answered> answers = new CopyOnWriteArrayList<>();

  private volatile @Nullable Vending vending;

  private RestServer(Catalog behind, HttpServer http) {
    this.adapter = new RESTCatalogAdapter(behind);
    this.http = http;
  }

  /** Starts a server in front of a catalog; each request passes the filter first. */
  public static RestServer start(Catalog behind, Optional<Filter> filter) {
    try {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      RestServer server = new RestServer(behind, HttpServer.create(anyPort, 0));
      var context = server.http.createContext("/", server::answer);
      filter.ifPresent(context.getFilters()::add);
      server.http.setExecutor(server.threads);
      server.http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keys of a storage, given out with each table to whoever asks for them, and when they end. */
  public interface Vending {
    /** What the locations begin with that the keys are for. */
    String prefix();

    /** New keys, as properties of Iceberg's client. */
    Map<String, String> newKeys();

    /** What else its client needs to know. */
    Map<String, String> config();
  }

  /** Gives out keys from now on. */
  public void vend(Vending keys) {
    vending = keys;
  }

  public String uri() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** The headers of all requests that reached the catalog, names in lower case. */
  public List<Map<String, String>> headers() {
    return headers;
  }

  /**
   * A request that was answered.
   *
   * @param request its method and path
   */
  public record Answered(String request, int status) {}

  /** The answers so far; what a filter refused is not among them. */
  public List<Answered> answers() {
    return answers;
  }

  /** The commits to tables that were asked for, also those that were refused. */
  public List<UpdateTableRequest> commits() {
    return commits;
  }

  @Override
  public void close() throws IOException {
    http.stop(0);
    threads.shutdownNow();
    adapter.close();
  }

  // The exchange is closed last: closing it ends the answer.
  private void answer(HttpExchange exchange) {
    try {
      Map<String, String> sent = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, all) -> sent.put(name.toLowerCase(Locale.ROOT), all.get(0)));
      headers.add(sent);
      answer(exchange, sent);
    } catch (Refused e) {
      reply(exchange, e.error.code(), e.error);
    } catch (RuntimeException | IOException e) {
      reply(exchange, 400, error(400, "BadRequestException", String.valueOf(e)));
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange, Map<String, String> sent) throws IOException {
    HTTPRequest.HTTPMethod method = HTTPRequest.HTTPMethod.valueOf(exchange.getRequestMethod());
    String path = exchange.getRequestURI().getRawPath().substring(1);
    Vending keys = vending;
    if (keys != null && path.equals(NEW_KEYS)) {
      reply(
          exchange,
          200,
          ImmutableLoadCredentialsResponse.builder().addCredentials(of(keys)).build());
      return;
    }
    Pair<Route, Map<String, String>> found = Route.from(method, path);
    if (found == null) {
      reply(exchange, 404, error(404, "NotFoundException", "No route " + path));
      return;
    }
    Route route = found.first();
    Object body =
        route.requestClass() == null
            ? null
            : RESTObjectMapper.mapper().readValue(exchange.getRequestBody(), route.requestClass());
    if (body instanceof UpdateTableRequest commit) {
      commits.add(commit);
    }
    RESTResponse response = execute(exchange, route, method, path, sent, body);
    if (response == null) {
      send(exchange, sent.containsKey("if-none-match") ? 304 : 204, new byte[0]);
    } else {
      reply(exchange, 200, keys == null ? response : vended(response, keys, sent));
    }
  }

  private static RESTResponse vended(
      RESTResponse response, Vending keys, Map<String, String> sent) {
    boolean asked =
        sent.getOrDefault("x-iceberg-access-delegation", "").contains("vended-credentials");
    if (!(response instanceof LoadTableResponse table)) {
      return response;
    }
    LoadTableResponse.Builder answer =
        LoadTableResponse.builder()
            .withTableMetadata(table.tableMetadata())
            .addAllConfig(table.config())
            .addAllConfig(keys.config());
    return asked
        ? answer.addConfig(REFRESH, NEW_KEYS).addCredential(of(keys)).build()
        : answer.build();
  }

  private static Credential of(Vending keys) {
    return ImmutableCredential.builder()
        .prefix(keys.prefix())
        .putAllConfig(keys.newKeys())
        .putConfig(REFRESH, NEW_KEYS)
        .build();
  }

  // Iceberg's annotations do not say that a request may be without a body.
  @SuppressWarnings("NullAway")
  private @Nullable RESTResponse execute(
      HttpExchange exchange,
      Route route,
      HTTPRequest.HTTPMethod method,
      String path,
      Map<String, String> sent,
      @Nullable Object body) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      query.putAll(RESTUtil.decodeFormData(raw));
    }
    return adapter.execute(
        adapter.buildRequest(method, path, query, sent, body),
        route.responseClass(),
        error -> {
          throw new Refused(error);
        },
        given -> given.forEach(exchange.getResponseHeaders()::set));
  }

  private static ErrorResponse error(int code, String type, String message) {
    return ErrorResponse.builder().responseCode(code).withType(type).withMessage(message).build();
  }

  private void reply(HttpExchange exchange, int code, Object json) {
    try {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      send(exchange, code, RESTObjectMapper.mapper().writeValueAsBytes(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(HttpExchange exchange, int code, byte[] body) throws IOException {
    answers.add(
        new Answered(
            exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath(), code));
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ErrorResponse error;

    Refused(ErrorResponse error) {
      super(error.message());
      this.error = error;
    }
  }
}
