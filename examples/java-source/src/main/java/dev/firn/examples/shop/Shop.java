package dev.firn.examples.shop;

import dev.firn.examples.shop.Order.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A shop that keeps its orders in memory: what it knows depends on how many days it has been open.
 */
final class Shop {
  private final List<Order> orders = new ArrayList<>();

  Shop(int days) {
    if (days >= 1) {
      firstDay();
    }
    if (days >= 2) {
      secondDay();
    }
  }

  /** Orders 3 and 4 change at the same moment, the last one of the day. */
  private void firstDay() {
    put(1, "Ada", Status.SENT, "2024-03-01T10:00:00Z", Line.of("tea", 2, "3.50"));
    put(
        2,
        "Bob",
        Status.OPEN,
        "2024-03-01T10:05:00Z",
        Line.of("pot", 1, "12.00"),
        Line.of("cup", 4, "2.25"));
    put(3, "Cid", Status.PAID, "2024-03-01T10:10:00Z", Line.of("tea", 1, "3.50"));
    put(4, "Dee", Status.OPEN, "2024-03-01T10:10:00Z");
  }

  /** Order 5 arrives late, 6 has the moment of the day before's last ones, 2 and 4 change. */
  private void secondDay() {
    put(5, "Eve", Status.PAID, "2024-03-01T10:08:00Z", Line.of("cup", 2, "2.25"));
    put(6, "Fay", Status.OPEN, "2024-03-01T10:10:00Z", Line.of("pot", 1, "12.00"));
    put(2, "Bob", Status.SENT, "2024-03-02T09:00:00Z", Line.of("pot", 1, "11.00"));
    put(4, "Dee", Status.PAID, "2024-03-02T09:30:00Z", Line.of("tea", 3, "3.50"));
  }

  private void put(long id, String customer, Status status, String updatedAt, Line... lines) {
    orders.removeIf(order -> order.id() == id);
    orders.add(new Order(id, customer, status, Instant.parse(updatedAt), List.of(lines)));
  }

  /** What changed at this moment or later, in no certain order. */
  Stream<Order> changedSince(Instant moment) {
    return orders.stream().filter(order -> !order.updatedAt().isBefore(moment));
  }
}
