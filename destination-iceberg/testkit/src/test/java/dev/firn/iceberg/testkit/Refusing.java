package dev.firn.iceberg.testkit;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Refuses some requests as a server does. */
final class Refusing extends Filter {
  private static final byte[] NO =
      "{\"error\":{\"message\":\"not here\",\"type\":\"BadRequestException\",\"code\":400}}"
          .getBytes(StandardCharsets.UTF_8);

  private final Predicate<HttpExchange> refused;

  Refusing(Predicate<HttpExchange> refused) {
    this.refused = refused;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    if (!refused.test(exchange)) {
      chain.doFilter(exchange);
      return;
    }
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(400, NO.length);
    exchange.getResponseBody().write(NO);
    exchange.close();
  }

  @Override
  public String description() {
    return "refuses some requests";
  }
}
