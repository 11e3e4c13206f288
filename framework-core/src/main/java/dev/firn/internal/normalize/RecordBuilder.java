package dev.firn.internal.normalize;

import dev.firn.contract.ContractMode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.Frames.Frame;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.source.Key;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns a worker's records into rows of the root and of child tables. Objects flatten, lists become
 * child rows, what lies too deep becomes JSON text. A record leaves no trace when it is rejected.
 */
final class RecordBuilder extends ScalarEvents {
  private static final Key VALUE = Key.of("value");
  private static final Key LIST = Key.of("list");

  private final TableBuilder root;
  private final Counts counts;
  private final RecordRules rules;
  private final RecordGate gate;

  private final Frames frames;

  private boolean inRecord;

  /** What the columns had learned when the open record began. */
  private int recordMark;

  RecordBuilder(TableBuilder root, RecordRules rules, RecordGate gate) {
    super(root.state());
    this.root = root;
    this.counts = state.counts;
    this.rules = rules;
    this.gate = gate;
    this.frames = new Frames(root.root, rules.maxDepth());
  }

  /** Forgets a record that a failure left open. */
  void abandon() {
    if (inRecord) {
      takeBack();
    }
  }

  @Override
  public void beginRecord(long position) {
    recordMark = state.mark();
    state.hash = 0;
    state.position = position;
    state.discardRow = root.arrival() != ContractMode.EVOLVE;
    counts.beginRecord();
    frames.clear();
    skipping = 0;
    capturing = false;
    inRecord = true;
    root.openRoot();
    rules.constants().addTo(root, root.rows() - 1);
  }

  @Override
  public void endRecord() {
    boolean wanted = !state.discardRow;
    if (!wanted) {
      unwanted();
    }
    if (wanted && gate.accept(root, root.rows() - 1, state)) {
      inRecord = false;
    } else {
      takeBack();
    }
    counts.read++;
  }

  private void unwanted() {
    if (root.arrival() != ContractMode.EVOLVE) {
      counts.discarded++; // there is no table that it could wait for
      return;
    }
    String column = state.unwanted();
    state.aside.leaveOut(
        state.position,
        "evolution",
        Optional.of(column),
        "Column '" + column + "' does not take its value, and the evolution says discard_row.");
  }

  @Override
  public void reject(FirnException reason) {
    state.aside.leaveOut(
        state.position, "record", Optional.empty(), String.valueOf(reason.getMessage()));
    counts.read++;
    if (inRecord) {
      takeBack();
    }
  }

  private void takeBack() {
    root.truncate(root.rows() - 1);
    state.undo(recordMark);
    counts.takeBackRecord();
    inRecord = false;
  }

  @Override
  public void padded() {
    counts.count(root, Counts.InTable.PADDED);
  }

  // Structure

  @Override
  public void beginObject() {
    if (capturing) {
      openCaptured('{');
    } else if (skipping > 0) {
      skipping++;
    } else if (frames.isEmpty()) {
      frames.push(false, root.root, root, root.rows() - 1, 0);
    } else {
      objectIn(frames.top());
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
      frames.push(false, table.root, table, row, top.level).ownsRow = true;
    } else if (asJson(top)) {
      capture('{');
    } else {
      frames.push(false, top.node, top.table, top.row, top.level + 1);
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
      Frame closed = frames.pop();
      if (closed.ownsRow) {
        endElement(closed.table);
      }
    }
  }

  @Override
  public void beginList() {
    if (capturing) {
      openCaptured('[');
    } else if (skipping > 0) {
      skipping++;
    } else if (frames.isEmpty()) {
      listAt(root.root.child(VALUE), root.rows() - 1, 1);
    } else {
      listIn(frames.top());
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
        Frame holder = frames.push(false, table.root, table, row, top.level);
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
    Frame frame = frames.push(true, node, node.list(), parentRow, level);
    frame.index = 0;
    frame.rowUnwanted = state.discardRow; // the elements' rows have their own say
    state.discardRow = false;
  }

  @Override
  public void endList() {
    if (capturing) {
      json.close(']');
      captured();
    } else if (skipping > 0) {
      skipping--;
    } else {
      state.discardRow = frames.pop().rowUnwanted;
      if (!frames.isEmpty() && frames.top().list) {
        endElement(frames.top().table);
      }
    }
  }

  /** A list's element is complete: its row stays unless a value asked otherwise. */
  private void endElement(TableBuilder table) {
    if (state.discardRow) {
      state.discardRow = false;
      counts.count(table, Counts.InTable.DISCARDED);
      table.dropOpenRow();
    }
  }

  private boolean refused(TableBuilder table) {
    return switch (table.arrival()) {
      case EVOLVE -> false;
      case DISCARD_ROW, DISCARD_VALUE -> {
        counts.count(table, Counts.InTable.DISCARDED);
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

  private void openCaptured(char bracket) {
    frames.checkDepth(json.depth() + 1);
    json.open(bracket);
  }

  private void captured() {
    if (!json.complete()) {
      return;
    }
    capturing = false;
    Frame top = frames.top();
    state.value.setBytes(Facts.JSON, json.text(), 0, json.length());
    top.node.column().accept(top.row);
    if (top.holdsCapture) {
      frames.pop();
      endElement(top.table);
    }
  }

  // Keys

  @Override
  public void key(byte[] utf8, int from, int to) {
    if (capturing) {
      keyCaptured(utf8, from, to);
    } else if (skipping == 0) {
      Frame top = frames.top();
      entered(top, top.scope.child(utf8, from, to));
    }
  }

  @Override
  public void key(Key key) {
    if (capturing) {
      keyCaptured(key.utf8(), 0, key.utf8().length);
    } else if (skipping == 0) {
      Frame top = frames.top();
      entered(top, top.scope.child(key));
    }
  }

  private void keyCaptured(byte[] utf8, int from, int to) {
    if (!json.key(utf8, from, to)) {
      PathNode node = frames.top().node;
      String key = new String(utf8, from, to - from, StandardCharsets.UTF_8);
      throw twice(node.table.name(), node.path + "..." + key);
    }
  }

  private static void entered(Frame top, PathNode node) {
    if (node.seenIn == top.serial) {
      throw twice(node.table.name(), node.path);
    }
    node.seenIn = top.serial;
    top.node = node;
  }

  private static FirnException twice(TableName table, String key) {
    return new FirnException(
        ErrorCode.DUPLICATE_KEY,
        "Table %s: the key '%s' comes twice in one object.".formatted(table, key),
        "Keep one of the two, or set on-error: continue to leave such records out.");
  }

  // Scalars

  @Override
  void scalar() {
    if (frames.isEmpty()) {
      root.root.child(VALUE).column().accept(root.rows() - 1);
      return;
    }
    Frame top = frames.top();
    if (!top.list) {
      top.node.column().accept(top.row);
    } else if (!refused(top.table)) {
      TableBuilder table = top.table;
      int row = table.open(top.row, top.index++);
      table.root.child(VALUE).column().accept(row);
      endElement(table);
    }
  }

  @Override
  public void nothing() {
    if (capturing) {
      json.raw("null");
    } else if (skipping == 0 && !frames.isEmpty() && frames.top().list) {
      Frame top = frames.top();
      if (!refused(top.table)) {
        top.table.open(top.row, top.index++);
      }
    }
  }
}
