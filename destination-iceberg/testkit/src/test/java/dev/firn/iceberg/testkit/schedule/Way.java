package dev.firn.iceberg.testkit.schedule;

import dev.firn.load.MergeStrategy;
import dev.firn.pipeline.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How loads write, and, independently, what the tables hold after one. */
enum Way {
  APPEND(Reads.NEW) {
    @Override
    Resource of(Resource orders) {
      return orders.append();
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      return both(before.orders(), load);
    }
  },
  REPLACE(Reads.ALL) {
    @Override
    Resource of(Resource orders) {
      return orders.replace();
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      return load;
    }
  },
  /** Puts rows in place of those of their partitions. */
  REPLACE_PARTITIONS(Reads.NEW) {
    @Override
    Resource of(Resource orders) {
      return orders.replacePartitions();
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      Set<String> names = new HashSet<>();
      load.forEach(order -> names.add(order.name()));
      return both(without(before, order -> names.contains(order.name())), load);
    }
  },
  UPSERT(Reads.NEW) {
    @Override
    Resource of(Resource orders) {
      return orders.primaryKey(ID).merge().hardDelete(GONE);
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      Map<Integer, Order> last = latest(load);
      return both(without(before, order -> last.containsKey(order.id())), alive(last));
    }
  },
  /** A merge that deletes what a load does not bring. */
  DELETE_ABSENT(Reads.ALL) {
    @Override
    Resource of(Resource orders) {
      return orders.primaryKey(ID).merge().deleteAbsent();
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      return load;
    }
  },
  INSERT_ONLY(Reads.NEW) {
    @Override
    Resource of(Resource orders) {
      return orders.primaryKey(ID).merge(MergeStrategy.INSERT_ONLY);
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      Map<Integer, Order> last = latest(load);
      before.orders().forEach(order -> last.remove(order.id()));
      return both(before.orders(), List.copyOf(last.values()));
    }
  },
  /** Deletes by name as well as by key. */
  DELETE_INSERT(Reads.NEW) {
    @Override
    Resource of(Resource orders) {
      return orders
          .primaryKey(ID)
          .merge(MergeStrategy.DELETE_INSERT)
          .mergeKey(NAME)
          .hardDelete(GONE);
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      Map<Integer, Order> last = latest(load);
      Set<String> names = new HashSet<>();
      load.forEach(order -> names.add(order.name()));
      Predicate<Order> goes = order -> last.containsKey(order.id()) || names.contains(order.name());
      return both(without(before, goes), alive(last));
    }
  },
  /** Deletes by name, and tells records of one load not apart. */
  DELETE_INSERT_GROUPS(Reads.NEW) {
    @Override
    Resource of(Resource orders) {
      return orders.merge(MergeStrategy.DELETE_INSERT).mergeKey(NAME).hardDelete(GONE);
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      Set<String> names = new HashSet<>();
      load.forEach(order -> names.add(order.name()));
      return both(
          without(before, order -> names.contains(order.name())),
          load.stream().filter(order -> !order.gone()).toList());
    }
  },
  /** Keeps versions of the orders that a load brings. */
  VERSIONS(Reads.NEW) {
    @Override
    Resource of(Resource orders) {
      return orders.primaryKey(ID).merge(MergeStrategy.SCD2).mergeKey(ID).hardDelete(GONE);
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      return UPSERT.orders(before, load);
    }
  },
  /** Keeps versions; loads bring all orders that there are. */
  VERSIONS_OF_ALL(Reads.ALL) {
    @Override
    Resource of(Resource orders) {
      return orders.merge(MergeStrategy.SCD2);
    }

    @Override
    List<Order> orders(Held before, List<Order> load) {
      return load;
    }
  };

  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String GONE = "gone";

  /** What a load reads. */
  private enum Reads {
    /** What is new by the cursor. */
    NEW,
    /** The newest version of all orders. */
    ALL
  }

  private final Reads reads;

  Way(Reads reads) {
    this.reads = reads;
  }

  /** The resource that writes so. */
  abstract Resource of(Resource orders);

  /** The orders that hold after a load. */
  abstract List<Order> orders(Held before, List<Order> load);

  boolean hasCursor() {
    return reads == Reads.NEW;
  }

  boolean keepsVersions() {
    return this == VERSIONS || this == VERSIONS_OF_ALL;
  }

  /** The records of a load that finds this log. */
  static List<Order> all(List<Order> log) {
    return alive(latest(log));
  }

  /** What the tables hold after a load that finds this log. */
  Held after(Held before, List<Order> log) {
    List<Order> load =
        hasCursor()
            ? log.subList(before.length(), log.size()).stream()
                .filter(order -> !order.rejected())
                .toList()
            : all(log);
    List<Order> orders = orders(before, load);
    if (!keepsVersions()) {
      return new Held(log.size(), orders, List.of());
    }
    List<Order> ended = without(before, orders::contains);
    return new Held(log.size(), orders, both(before.closed(), ended));
  }

  private static List<Order> both(List<Order> some, List<Order> others) {
    List<Order> both = new ArrayList<>(some);
    both.addAll(others);
    return both;
  }

  private static List<Order> without(Held before, Predicate<Order> goes) {
    return before.orders().stream().filter(order -> !goes.test(order)).toList();
  }

  private static Map<Integer, Order> latest(List<Order> orders) {
    Map<Integer, Order> latest = new LinkedHashMap<>();
    orders.forEach(order -> latest.put(order.id(), order));
    return latest;
  }

  private static List<Order> alive(Map<Integer, Order> orders) {
    return orders.values().stream().filter(order -> !order.gone()).toList();
  }
}
