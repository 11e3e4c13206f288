package dev.firn.examples.shop;

import java.math.BigDecimal;

/** Some pieces of one product. */
public record Line(String product, int quantity, BigDecimal price) {
  static Line of(String product, int quantity, String price) {
    return new Line(product, quantity, new BigDecimal(price));
  }
}
