package dev.firn.iceberg.testkit.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the tables hold when a part of the log has been loaded.
 *
 * @param length of the part
 * @param closed versions of orders that hold no more; empty where only one is kept
 */
record Held(int length, List<Order> orders, List<Order> closed) {
  static final Held NOTHING = new Held(0, List.of(), List.of());

  Held {
    orders = List.copyOf(orders);
    closed = List.copyOf(closed);
  }

  /** The same with one more order, which no load has brought. */
  Held with(Order order) {
    List<Order> more = new ArrayList<>(orders);
    more.add(order);
    return new Held(length, more, closed);
  }

  /** The same without an order, of which no load knows. */
  Held without(int id) {
    return new Held(length, orders.stream().filter(order -> order.id() != id).toList(), closed);
  }

  boolean hasOrder(int id) {
    return orders.stream().anyMatch(order -> order.id() == id);
  }

  /** Whether an order is there that has lines. */
  boolean hasLines(int id) {
    return orders.stream().anyMatch(order -> order.id() == id && !order.products().isEmpty());
  }

  List<String> rows() {
    List<String> rows = new ArrayList<>();
    orders.forEach(order -> rows.add(row(order)));
    closed.forEach(order -> rows.add(row(order) + " closed"));
    return rows.stream().sorted().toList();
  }

  private static String row(Order order) {
    return order.id() + " " + order.seq() + " " + order.name();
  }

  /** The rows of the child table, each with the order it belongs to. */
  List<String> lines() {
    return Stream.concat(orders.stream(), closed.stream())
        .flatMap(order -> order.products().stream().map(each -> order.id() + " " + each))
        .sorted()
        .toList();
  }
}
