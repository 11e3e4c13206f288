package dev.firn.iceberg.testkit.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One version of an order, with what it holds.
 *
 * @param seq its place in time, which several orders may share
 * @param gone whether it says that there is no such order any more
 */
record Order(int id, long seq, String name, List<String> products, boolean gone) {
  Order {
    products = List.copyOf(products);
  }

  /** Whether the contract keeps it out: it weighs more than orders may. */
  boolean rejected() {
    return seq % 5 == 4;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("seq", seq);
    json.put("name", name);
    json.put("gone", gone);
    json.put("weight", rejected() ? 500 : 1);
    json.put("lines", products.stream().map(product -> Map.of("product", product)).toList());
    return json;
  }
}
