package dev.firn.internal.normalize;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Arrays;

/** The objects and lists of a record that are open, the innermost on top; frames are used again. */
final class Frames {
  private final PathNode root;
  private final int deepest;
  private Frame[] frames = new Frame[16];
  private int depth;
  private long objects;

  Frames(PathNode root, int deepest) {
    this.root = root;
    this.deepest = deepest;
    fillFrom(0);
  }

  /** An open object or list. */
  static final class Frame {
    boolean list;

    /** Objects: the node of the key read last. Lists: unused. */
    PathNode node;

    /** Objects: where keys are looked up. */
    PathNode scope;

    /** The table whose row is filled (objects), or that gets a row an element (lists). */
    TableBuilder table;

    /** Objects: the row being filled. Lists: the parent's row. */
    int row;

    int index;
    int level;
    long serial;

    /** Whether closing this object ends its row. */
    boolean ownsRow;

    /** Whether this object stands only for a row that holds one captured list. */
    boolean holdsCapture;

    /** Lists: whether a value before the list asked that the row around it be dropped. */
    boolean rowUnwanted;

    Frame(PathNode node) {
      this.node = node;
      this.scope = node;
      this.table = node.table;
    }
  }

  void clear() {
    depth = 0;
  }

  boolean isEmpty() {
    return depth == 0;
  }

  Frame top() {
    return frames[depth - 1];
  }

  Frame pop() {
    return frames[--depth];
  }

  Frame push(boolean list, PathNode node, TableBuilder table, int row, int level) {
    checkDepth(1);
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, depth * 2);
      fillFrom(depth);
    }
    Frame frame = frames[depth++];
    frame.list = list;
    frame.ownsRow = false;
    frame.holdsCapture = false;
    frame.node = node;
    frame.scope = node;
    frame.table = table;
    frame.row = row;
    frame.level = level;
    frame.serial = ++objects;
    return frame;
  }

  private void fillFrom(int first) {
    for (int i = first; i < frames.length; i++) {
      frames[i] = new Frame(root);
    }
  }

  /** Fails when so many more levels are too many. */
  void checkDepth(int more) {
    if (depth + more > deepest) {
      throw new FirnException(
          ErrorCode.LIMIT_EXCEEDED,
          "A record is nested deeper than " + deepest + " levels.",
          "Raise limits.depth, or leave such records out with on-error: continue.");
    }
  }
}
