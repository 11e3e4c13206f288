package dev.firn.iceberg.gcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Cloud Storage's JSON API as Iceberg's client needs to write, look at, read and delete
 * objects of one bucket: made for these tests, so it shows that the client's classes are whole, not
 * how Google's servers behave.
 */
final class GcsServer implements AutoCloseable {
  static final String BUCKET = "warehouse";
  static final String TOKEN = "a-token-of-google";

  private static final Pattern OBJECT =
      Pattern.compile("(?:/download)?/storage/v1/b/([^/]+)/o/([^/]+)");
  private static final Pattern RANGE = Pattern.compile("bytes[ =](\\d+)-(\\d*)(?:/.*)?");

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer http;

  GcsServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.setExecutor(threads);
    http.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** The names of all objects. */
  Set<String> objects() {
    return objects.keySet();
  }

  /** The section {@code storage} of a catalog in it. */
  Map<String, Object> storage() {
    return new TreeMap<>(Map.of("type", "gcs", "endpoint", endpoint(), "token", TOKEN));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      if (!sent.equals("Bearer " + TOKEN)) {
        refuse(exchange, 401, "Invalid Credentials");
      } else if (exchange.getRequestURI().getPath().startsWith("/upload/")) {
        upload(exchange);
      } else {
        object(exchange);
      }
    } finally {
      exchange.close();
    }
  }

  private void upload(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI());
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!exchange.getRequestURI().getPath().contains("/b/" + BUCKET + "/")) {
      refuse(exchange, 404, "The specified bucket does not exist.");
    } else if (exchange.getRequestMethod().equals("POST")) {
      String name = query.get("name");
      uploads.put(name, new ByteArrayOutputStream());
      exchange
          .getResponseHeaders()
          .set("Location", endpoint() + exchange.getRequestURI() + "&upload_id=" + uploads.size());
      exchange.sendResponseHeaders(200, -1);
    } else {
      put(exchange, query.get("name"), body);
    }
  }

  // A chunk of an object: the last one tells how long it is.
  private void put(HttpExchange exchange, String name, byte[] chunk) throws IOException {
    ByteArrayOutputStream upload = uploads.get(name);
    upload.write(chunk);
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    if (range != null && range.endsWith("/*")) {
      exchange.getResponseHeaders().set("Range", "bytes=0-" + (upload.size() - 1));
      exchange.sendResponseHeaders(308, -1);
    } else {
      objects.put(name, upload.toByteArray());
      json(exchange, 200, described(name));
    }
  }

  private void object(HttpExchange exchange) throws IOException {
    Matcher path = OBJECT.matcher(exchange.getRequestURI().getRawPath());
    String name =
        path.matches() ? URLDecoder.decode(path.group(2), StandardCharsets.UTF_8) : "(none)";
    if (!path.matches() || !path.group(1).equals(BUCKET)) {
      refuse(exchange, 404, "The specified bucket does not exist.");
    } else if (!objects.containsKey(name)) {
      refuse(exchange, 404, "No such object: " + name);
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      objects.remove(name);
      exchange.sendResponseHeaders(204, -1);
    } else if ("media".equals(query(exchange.getRequestURI()).get("alt"))) {
      content(exchange, objects.get(name));
    } else {
      json(exchange, 200, described(name));
    }
  }

  private static void content(HttpExchange exchange, byte[] all) throws IOException {
    Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
    boolean open = !range.matches() || range.group(2).isEmpty();
    int to = open ? all.length : Math.min(all.length, Integer.parseInt(range.group(2)) + 1);
    if (from >= all.length) {
      refuse(exchange, 416, "The requested range cannot be satisfied.");
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, all.length));
    exchange.getResponseHeaders().set("x-goog-generation", "1");
    byte[] part = Arrays.copyOfRange(all, from, to);
    exchange.sendResponseHeaders(range.matches() ? 206 : 200, part.length);
    exchange.getResponseBody().write(part);
  }

  private String described(String name) {
    return "{\"kind\":\"storage#object\",\"bucket\":\"%s\",\"name\":\"%s\",\"generation\":\"1\",\"size\":\"%d\"}"
        .formatted(BUCKET, name, objects.get(name).length);
  }

  private static void refuse(HttpExchange exchange, int code, String message) throws IOException {
    exchange.getRequestBody().readAllBytes();
    json(exchange, code, "{\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(code, message));
  }

  private static void json(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new TreeMap<>();
    for (String each : String.valueOf(uri.getRawQuery()).split("&", -1)) {
      String[] parts = each.split("=", 2);
      query.put(
          parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }
}
