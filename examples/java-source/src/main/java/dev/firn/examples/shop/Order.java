package dev.firn.examples.shop;

import java.time.Instant;
import java.util.List;

/** One order; its lines become the child table {@code orders__lines}. */
public record Order(long id, String customer, Status status, Instant updatedAt, List<Line> lines) {
  public Order {
    lines = List.copyOf(lines);
  }

  /** How far an order has come; loaded as text. */
  public enum Status {
    OPEN,
    PAID,
    SENT
  }
}
