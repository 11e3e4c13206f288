package dev.firn.bench.compare;

/**
 * One value that every tool's output must agree on, exactly: sums of money are taken in whole
 * hundredths, texts are compared by a hash that is free of order.
 *
 * @param nested the query for outputs that keep the source's nesting and names, in one table {@code
 *     root}
 * @param flat the query for Firn's tables, {@code root} and {@code root__list}
 */
record Fact(String name, String nested, String flat) {

  static Fact of(String name, String expression) {
    return of(name, expression, expression);
  }

  static Fact of(String name, String nested, String flat) {
    return new Fact(
        name, "select %s from root".formatted(nested), "select %s from root".formatted(flat));
  }

  static Fact ofHundredths(String column) {
    return of(column, "sum(round(%s * 100)::bigint)".formatted(column));
  }

  /** Count and content of a list: an aggregate over its items, or a column of the child table. */
  static Fact ofList(String name, String path, String ofItems, String childColumn) {
    String items = "select unnest(%s) as item from root".formatted(path);
    String ofChildren = ofItems.replaceFirst("item(\\.\\w+)?", childColumn);
    String child = "root__" + path.replace(".", "__");
    return new Fact(
        name,
        "select count(*) || ' / ' || %s from (%s)".formatted(ofItems, items),
        "select count(*) || ' / ' || %s from %s".formatted(ofChildren, child));
  }
}
