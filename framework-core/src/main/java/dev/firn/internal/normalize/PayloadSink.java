package dev.firn.internal.normalize;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import java.util.List;

/** Takes the records of a split that were noted, as JSON text, and lets all others pass. */
final class PayloadSink extends ScalarEvents {
  private final List<Aside.Note> notes;
  private final Taker taker;
  private long record;
  private int next;

  /** Takes one record. */
  interface Taker {
    /**
     * A record's text, read during the call only.
     *
     * @param whole false: reading stopped in the middle
     */
    void take(Aside.Note note, byte[] text, int length, boolean whole);
  }

  PayloadSink(List<Aside.Note> notes, Taker taker) {
    super(new RecordState(false));
    this.notes = notes;
    this.taker = taker;
    skipping = 1;
  }

  /** Records taken so far. */
  int taken() {
    return next;
  }

  @Override
  public void beginRecord(long position) {
    capturing = wanted();
    if (capturing) {
      json.begin();
    }
  }

  @Override
  public void endRecord() {
    end(true);
  }

  /** A record can be rejected before it has begun. */
  @Override
  public void reject(FirnException reason) {
    end(false);
  }

  private void end(boolean whole) {
    if (wanted()) {
      taker.take(notes.get(next++), json.text(), json.length(), whole);
    }
    capturing = false;
    record++;
  }

  private boolean wanted() {
    return next < notes.size() && notes.get(next).record() == record;
  }

  @Override
  public void beginObject() {
    if (capturing) {
      json.open('{');
    }
  }

  @Override
  public void endObject() {
    if (capturing) {
      json.close('}');
    }
  }

  @Override
  public void beginList() {
    if (capturing) {
      json.open('[');
    }
  }

  @Override
  public void endList() {
    if (capturing) {
      json.close(']');
    }
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    if (capturing) {
      json.key(utf8, from, to);
    }
  }

  @Override
  public void key(Key key) {
    key(key.utf8(), 0, key.utf8().length);
  }

  @Override
  public void nothing() {
    if (capturing) {
      json.raw("null");
    }
  }

  /**
   * A cell that is read as a number or as a boolean becomes one, so that a replay reads the same.
   */
  @Override
  public void cell(byte[] utf8, int from, int to) {
    if (!capturing) {
      return;
    }
    state.value.setCell(utf8, from, to);
    if (state.value.fact == Facts.STRING || zeroInFront(utf8, from, to)) {
      json.string(utf8, from, to);
    } else {
      json.raw(utf8, from, to);
    }
  }

  /** A number like 00.5, which JSON does not know. */
  static boolean zeroInFront(byte[] utf8, int from, int to) {
    int first = utf8[from] == '-' ? from + 1 : from;
    return to - first > 1 && utf8[first] == '0' && utf8[first + 1] != '.';
  }

  @Override
  void scalar() {
    // what is not captured is not wanted
  }

  @Override
  public void padded() {
    // counted when the split was read first
  }
}
