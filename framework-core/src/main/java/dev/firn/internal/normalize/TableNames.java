package dev.firn.internal.normalize;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.TableName;
import dev.firn.source.NamingRules.OnCollision;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which table each list of a load fills. Names follow from the set of lists alone, not from their
 * order: lists nearer to the root choose first, among them those that are spelled like their name,
 * then the smaller path; who finds a name taken gets a hash of its path behind it.
 */
final class TableNames {
  /** The table beside the root that takes rejected records; no list may fill it. */
  private static final String QUARANTINE = "quarantine";

  /** A list, by its path, the path of the table above and its keys below that. */
  private record ListPath(String path, String above, List<String> keys, int depth, boolean plain) {
    ListPath(String path, String above, List<String> keys, int depth, Names names) {
      this(path, above, keys, depth, keys.stream().allMatch(key -> names.key(key).equals(key)));
    }
  }

  private static final Comparator<ListPath> BY_RIGHT =
      Comparator.comparingInt(ListPath::depth)
          .thenComparing(list -> !list.plain())
          .thenComparing(ListPath::path);

  private final TableName root;
  private final Names names;
  private final OnCollision onCollision;
  private final TreeSet<ListPath> lists = new TreeSet<>(BY_RIGHT);
  private final Map<String, Integer> depths = new HashMap<>(Map.of("", 0));
  private Map<String, TableName> given;

  TableNames(TableName root, Names names, OnCollision onCollision) {
    this.root = root;
    this.names = names;
    this.onCollision = onCollision;
    this.given = Map.of("", root);
  }

  /** Tables known, the root among them. */
  int size() {
    return given.size();
  }

  /** The names of all lists known, by path. */
  Map<String, TableName> given() {
    return given;
  }

  boolean knows(String path) {
    return given.containsKey(path);
  }

  /**
   * Takes note of a list that has rows.
   *
   * @param above the path of the table above, which is known
   * @param now the name that its rows go by
   * @return whether a table has another name than before
   * @throws FirnException {@code NAME_COLLISION} when two lists meet in one name and are to fail
   */
  boolean add(String path, String above, TableName now) {
    String below = path.substring(above.isEmpty() ? 0 : above.length() + 1);
    String inner = below.substring(0, below.length() - "[]".length()).replace("\\]", "]");
    int depth = depths.getOrDefault(above, 0) + 1;
    depths.put(path, depth);
    lists.add(new ListPath(path, above, LoadPlan.keys(inner), depth, names));
    Map<String, TableName> before = given;
    given = Map.copyOf(chosen());
    return !now.equals(given.get(path)) || !given.entrySet().containsAll(before.entrySet());
  }

  private Map<String, TableName> chosen() {
    Map<String, TableName> byPath = new HashMap<>();
    Map<TableName, String> owners = new HashMap<>();
    byPath.put("", root);
    owners.put(root, "");
    owners.put(root.child(QUARANTINE), QUARANTINE);
    for (ListPath list : lists) {
      TableName parent = byPath.getOrDefault(list.above(), root);
      TableName name = names.child(parent, list.keys());
      String owner = owners.putIfAbsent(name, list.path());
      if (owner != null) {
        if (onCollision == OnCollision.FAIL) {
          throw collision(owner, list.path(), name);
        }
        name = new TableName(root.namespace(), names.distinct(name.name(), list.path()));
        owners.put(name, list.path());
      }
      byPath.put(list.path(), name);
    }
    return byPath;
  }

  private static FirnException collision(String owner, String path, TableName name) {
    boolean ordered = owner.compareTo(path) < 0;
    String what =
        owner.equals(QUARANTINE)
            ? "The list '%s' would fill %s, the table of rejected records.".formatted(path, name)
            : "The lists '%s' and '%s' would fill one table, %s."
                .formatted(ordered ? owner : path, ordered ? path : owner, name);
    return new FirnException(
        ErrorCode.NAME_COLLISION, what, "Rename one in the source, or set on-collision: suffix.");
  }
}
