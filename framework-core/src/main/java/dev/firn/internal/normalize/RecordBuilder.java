package dev.firn.internal.normalize;

import dev.firn.contract.ContractMode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Turns a worker's records into rows of the root and of child tables. Objects flatten, lists become
 * child rows, what lies too deep becomes JSON text. A record leaves no trace when it is rejected.
 */
final class RecordBuilder implements RecordSink {
  private static final Key VALUE = Key.of("value");
  private static final Key LIST = Key.of("list");

  private final TableBuilder root;
  private final RecordState state;
  private final Counts counts;
  private final RecordRules rules;
  private final RecordGate gate;
  private final JsonCapture json = new JsonCapture();

  // One frame an open object or list.
  private Frame[] frames = new Frame[16];
  private int depth;
  private long objects;

  private boolean inRecord;
  private boolean capturing;
  private int skipping;
  private long lossyBefore;
  private long truncatedBefore;

  /** An open object or list. */
  private static final class Frame {
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

    Frame(PathNode node) {
      this.node = node;
      this.scope = node;
      this.table = node.table;
    }
  }

  RecordBuilder(TableBuilder root, RecordRules rules, RecordGate gate) {
    this.root = root;
    this.state = root.state();
    this.counts = state.counts;
    this.rules = rules;
    this.gate = gate;
    for (int i = 0; i < frames.length; i++) {
      frames[i] = new Frame(root.root);
    }
  }

  /** Forgets a record that a failure left open. */
  void abandon() {
    if (inRecord) {
      takeBack();
    }
  }

  @Override
  public void beginRecord(long position) {
    state.forget();
    state.hash = 0;
    state.discardRow = root.arrival() != ContractMode.EVOLVE;
    lossyBefore = counts.lossy;
    truncatedBefore = counts.truncated;
    depth = 0;
    skipping = 0;
    capturing = false;
    inRecord = true;
    root.openRoot();
    rules.constants().addTo(root, root.rows() - 1);
  }

  @Override
  public void endRecord() {
    boolean wanted = !state.discardRow;
    counts.discarded += wanted ? 0 : 1;
    if (wanted && gate.accept(root, root.rows() - 1, state)) {
      inRecord = false;
    } else {
      takeBack();
    }
    counts.read++;
  }

  @Override
  public void reject(FirnException reason) {
    counts.read++;
    counts.discarded++;
    if (inRecord) {
      takeBack();
    }
  }

  private void takeBack() {
    root.truncate(root.rows() - 1);
    state.undo(0);
    counts.lossy = lossyBefore;
    counts.truncated = truncatedBefore;
    inRecord = false;
  }

  @Override
  public void padded() {
    counts.padded++;
  }

  // Structure

  @Override
  public void beginObject() {
    if (capturing) {
      json.open('{');
    } else if (skipping > 0) {
      skipping++;
    } else if (depth == 0) {
      push(false, root.root, root, root.rows() - 1, 0);
    } else {
      objectIn(frames[depth - 1]);
    }
  }

  private void objectIn(Frame top) {
    if (top.list) {
      TableBuilder table = top.table;
      if (refused(table)) {
        skipping = 1;
        return;
      }
      int row = table.open(top.row, top.index++);
      push(false, table.root, table, row, top.level).ownsRow = true;
    } else if (asJson(top)) {
      capture('{');
    } else {
      push(false, top.node, top.table, top.row, top.level + 1);
    }
  }

  @Override
  public void endObject() {
    if (capturing) {
      json.close('}');
      captured();
    } else if (skipping > 0) {
      skipping--;
    } else {
      Frame closed = frames[--depth];
      if (closed.ownsRow) {
        endElement(closed.table);
      }
    }
  }

  @Override
  public void beginList() {
    if (capturing) {
      json.open('[');
    } else if (skipping > 0) {
      skipping++;
    } else if (depth == 0) {
      listAt(root.root.child(VALUE), root.rows() - 1, 1);
    } else {
      listIn(frames[depth - 1]);
    }
  }

  private void listIn(Frame top) {
    if (!top.list) {
      if (asJson(top)) {
        capture('[');
      } else {
        listAt(top.node, top.row, top.level + 1);
      }
    } else if (refused(top.table)) {
      skipping = 1;
    } else {
      TableBuilder table = top.table;
      int row = table.open(top.row, top.index++);
      PathNode node = table.root.child(LIST);
      if (declaredJson(node) || top.level + 1 > rules.maxNesting()) {
        Frame holder = push(false, table.root, table, row, top.level);
        holder.node = node;
        holder.ownsRow = true;
        holder.holdsCapture = true;
        capture('[');
      } else {
        listAt(node, row, top.level + 1);
      }
    }
  }

  private void listAt(PathNode node, int parentRow, int level) {
    Frame frame = push(true, node, node.list(), parentRow, level);
    frame.index = 0;
  }

  @Override
  public void endList() {
    if (capturing) {
      json.close(']');
      captured();
    } else if (skipping > 0) {
      skipping--;
    } else {
      depth--;
      if (depth > 0 && frames[depth - 1].list) {
        endElement(frames[depth - 1].table);
      }
    }
  }

  /** A list's element is complete: its row stays unless a value asked otherwise. */
  private void endElement(TableBuilder table) {
    if (state.discardRow) {
      state.discardRow = root.arrival() != ContractMode.EVOLVE;
      counts.childRowsDiscarded++;
      table.dropOpenRow();
    }
  }

  private Frame push(boolean list, PathNode node, TableBuilder table, int row, int level) {
    if (depth >= rules.maxDepth()) {
      throw new FirnException(
          ErrorCode.LIMIT_EXCEEDED,
          "A record is nested deeper than " + rules.maxDepth() + " levels.",
          "Raise limits.depth, or leave such records out with on-error: continue.");
    }
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, depth * 2);
      for (int i = depth; i < frames.length; i++) {
        frames[i] = new Frame(root.root);
      }
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

  private boolean refused(TableBuilder table) {
    return switch (table.arrival()) {
      case EVOLVE -> false;
      case DISCARD_ROW, DISCARD_VALUE -> {
        counts.childRowsDiscarded++;
        yield true;
      }
      case FREEZE ->
          throw new FirnException(
              ErrorCode.CONTRACT_FROZEN,
              "Table %s does not exist and tables are frozen, but a record brings rows for it."
                  .formatted(table.name()),
              "Remove the list from the source, or set evolution.tables to evolve or discard_value.");
    };
  }

  private boolean asJson(Frame top) {
    return top.level + 1 > rules.maxNesting() || declaredJson(top.node);
  }

  private boolean declaredJson(PathNode node) {
    if (!rules.jsonDeclared()) {
      return false;
    }
    ColumnPlan plan = node.column().plan();
    return plan.fixed() && plan.type() == DataType.Simple.JSON;
  }

  private void capture(char bracket) {
    capturing = true;
    json.begin();
    json.open(bracket);
  }

  private void captured() {
    if (!json.complete()) {
      return;
    }
    capturing = false;
    Frame top = frames[depth - 1];
    state.value.setBytes(Facts.JSON, json.text(), 0, json.length());
    top.node.column().accept(top.row);
    if (top.holdsCapture) {
      depth--;
      endElement(top.table);
    }
  }

  // Keys

  @Override
  public void key(byte[] utf8, int from, int to) {
    if (capturing) {
      json.key(utf8, from, to);
    } else if (skipping == 0) {
      Frame top = frames[depth - 1];
      entered(top, top.scope.child(utf8, from, to));
    }
  }

  @Override
  public void key(Key key) {
    if (capturing) {
      json.key(key.utf8(), 0, key.utf8().length);
    } else if (skipping == 0) {
      Frame top = frames[depth - 1];
      entered(top, top.scope.child(key));
    }
  }

  private static void entered(Frame top, PathNode node) {
    if (node.seenIn == top.serial) {
      throw new FirnException(
          ErrorCode.DUPLICATE_KEY,
          "Table %s: the key '%s' comes twice in one object."
              .formatted(node.table.name(), node.path),
          "Keep one of the two, or set on-error: continue to leave such records out.");
    }
    node.seenIn = top.serial;
    top.node = node;
  }

  // Scalars

  /** Puts the value that the state holds where it belongs. */
  private void scalar() {
    if (depth == 0) {
      root.root.child(VALUE).column().accept(root.rows() - 1);
      return;
    }
    Frame top = frames[depth - 1];
    if (!top.list) {
      top.node.column().accept(top.row);
    } else if (!refused(top.table)) {
      TableBuilder table = top.table;
      int row = table.open(top.row, top.index++);
      table.root.child(VALUE).column().accept(row);
      endElement(table);
    }
  }

  private boolean skips() {
    return skipping > 0;
  }

  @Override
  public void nothing() {
    if (capturing) {
      json.raw("null");
    } else if (skipping == 0 && depth > 0 && frames[depth - 1].list) {
      Frame top = frames[depth - 1];
      if (!refused(top.table)) {
        top.table.open(top.row, top.index++);
      }
    }
  }

  @Override
  public void bool(boolean value) {
    if (capturing) {
      json.raw(value ? "true" : "false");
    } else if (!skips()) {
      state.value.set(Facts.BOOLEAN, value ? 1 : 0);
      scalar();
    }
  }

  @Override
  public void integer(long value) {
    if (capturing) {
      json.raw(Long.toString(value));
    } else if (!skips()) {
      state.value.set(Facts.LONG, value);
      scalar();
    }
  }

  @Override
  public void real(double value) {
    if (capturing) {
      boolean finite = Math.abs(value) <= Double.MAX_VALUE;
      json.raw(finite ? Double.toString(value) : "null");
    } else if (!skips()) {
      state.value.setReal(value);
      scalar();
    }
  }

  @Override
  public void decimal(BigDecimal value) {
    if (capturing) {
      json.raw(value.toString());
    } else if (!skips()) {
      state.value.setDecimal(value);
      scalar();
    }
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    if (capturing) {
      json.raw(ascii, from, to);
    } else if (!skips()) {
      state.value.setNumber(ascii, from, to);
      scalar();
    }
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    if (capturing) {
      json.string(utf8, from, to);
    } else if (!skips()) {
      state.value.setBytes(Facts.STRING, utf8, from, to);
      scalar();
    }
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    if (!skips()) {
      state.value.setCell(utf8, from, to);
      scalar();
    }
  }

  @Override
  public void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    string(utf8, 0, utf8.length);
  }

  @Override
  public void timestamp(long micros) {
    typed(Facts.TIMESTAMP, micros);
  }

  @Override
  public void timestampNtz(long micros) {
    typed(Facts.TIMESTAMP_NTZ, micros);
  }

  @Override
  public void date(int days) {
    typed(Facts.DATE, days);
  }

  @Override
  public void time(long micros) {
    typed(Facts.TIME, micros);
  }

  private void typed(int fact, long number) {
    if (skips()) {
      return;
    }
    state.value.set(fact, number);
    scalarOrText();
  }

  @Override
  public void binary(byte[] bytes) {
    if (!skips()) {
      state.value.setBytes(Facts.BINARY, bytes, 0, bytes.length);
      scalarOrText();
    }
  }

  @Override
  public void uuid(UUID value) {
    if (!skips()) {
      state.value.setUuid(value);
      scalarOrText();
    }
  }

  private void scalarOrText() {
    if (capturing) {
      Value value = state.value;
      value.spell();
      json.string(value.bytes, value.from, value.to);
    } else {
      scalar();
    }
  }
}
