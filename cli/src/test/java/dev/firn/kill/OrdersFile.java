package dev.firn.kill;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Orders with lines and notes: order n has n % 3 lines, and every fifth one a note for each of its
 * lines.
 */
final class OrdersFile {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private OrdersFile() {}

  static void write(Path file, int orders) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int n = 0; n < orders; n++) {
        out.write(order(n).getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  static String at(int order) {
    return START.plusSeconds(order).toString();
  }

  private static String order(int n) {
    StringBuilder text = new StringBuilder(120);
    text.append("{\"id\":").append(n).append(",\"at\":\"").append(at(n)).append("\",\"lines\":[");
    for (int line = 0; line < lines(n); line++) {
      text.append(line == 0 ? "" : ",").append("{\"sku\":\"s").append(n % 97).append('"');
      if (noted(n)) {
        text.append(",\"notes\":[\"n").append(line).append("\"]");
      }
      text.append('}');
    }
    return text.append("]}\n").toString();
  }

  static int lines(int order) {
    return order % 3;
  }

  static boolean noted(int order) {
    return order % 5 == 0;
  }
}
