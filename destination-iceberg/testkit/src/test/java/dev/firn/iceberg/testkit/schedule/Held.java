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
