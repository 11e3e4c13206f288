package dev.firn.internal.normalize;

import dev.firn.source.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One place in the source's records: what a key leads to. Children are predicted (the key that
 * followed last time follows again), so that a key costs one comparison of bytes as a rule.
 */
final class PathNode {
  private static final int SEARCHED_IN_LINE = 16;

  private final byte[] key;
  private final @Nullable Key known;
  final TableBuilder table;

  /** The source's path below its table, keys joined by dots. */
  final String path;

  /** Nested objects between the table's row and here. */
  final int depth;

  private PathNode[] children = new PathNode[4];
  private int count;
  private int next;
  private @Nullable Map<String, PathNode> byName;
  private @Nullable ColumnBuilder column;
  private @Nullable TableBuilder list;

  /** The object in which this key was seen last: finds keys that come twice. */
  long seenIn = -1;

  PathNode(byte[] key, @Nullable Key known, TableBuilder table, String path, int depth) {
    this.key = key;
    this.known = known;
    this.table = table;
    this.path = path;
    this.depth = depth;
  }

  /** The child for a key. */
  PathNode child(byte[] utf8, int from, int to) {
    int tries = Math.min(count, SEARCHED_IN_LINE);
    for (int i = 0, at = next; i < tries; i++, at++) {
      if (at >= count) {
        at = 0;
      }
      PathNode candidate = children[at];
      if (candidate.matches(utf8, from, to)) {
        next = at + 1;
        return candidate;
      }
    }
    return find(utf8, from, to, null);
  }

  /** The child for a key known by identity. */
  PathNode child(Key wanted) {
    if (next < count && children[next].known == wanted) {
      return children[next++];
    }
    for (int at = 0; at < count; at++) {
      if (children[at].known == wanted) {
        next = at + 1;
        return children[at];
      }
    }
    byte[] utf8 = wanted.utf8();
    return find(utf8, 0, utf8.length, wanted);
  }

  private boolean matches(byte[] utf8, int from, int to) {
    byte[] mine = key;
    int length = mine.length;
    return length == to - from
        && (length == 0 || mine[0] == utf8[from])
        && Arrays.equals(mine, 0, length, utf8, from, to);
  }

  private PathNode find(byte[] utf8, int from, int to, @Nullable Key wanted) {
    String name = new String(utf8, from, to - from, StandardCharsets.UTF_8);
    if (byName == null) {
      byName = new HashMap<>();
    }
    PathNode found = byName.get(name);
    if (found == null) {
      found = add(Arrays.copyOfRange(utf8, from, to), name, wanted);
      byName.put(name, found);
    }
    return found;
  }

  private PathNode add(byte[] utf8, String name, @Nullable Key wanted) {
    String escaped = name.replace("\\", "\\\\").replace(".", "\\.");
    String childPath = depth == 0 ? escaped : path + "." + escaped;
    PathNode child = new PathNode(utf8, wanted, table, childPath, depth + 1);
    if (count == children.length) {
      children = Arrays.copyOf(children, count * 2);
    }
    children[count++] = child;
    next = count;
    return child;
  }

  /** The column that scalars at this place go to. */
  ColumnBuilder column() {
    ColumnBuilder present = column;
    if (present == null) {
      present = table.column(path);
      column = present;
    }
    return present;
  }

  /** The child table that a list at this place fills. */
  TableBuilder list() {
    TableBuilder present = list;
    if (present == null) {
      present = table.childTable(path);
      list = present;
    }
    return present;
  }
}
