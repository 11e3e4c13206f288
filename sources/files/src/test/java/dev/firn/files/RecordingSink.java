package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Writes each record down in a spelling of its own, and checks the order of events. */
public final class RecordingSink implements RecordSink {
  public final List<String> records = new ArrayList<>();
  public final List<Long> positions = new ArrayList<>();
  public final List<FirnException> rejected = new ArrayList<>();
  public final Set<Key> keys = Collections.newSetFromMap(new IdentityHashMap<>());
  public int padded;

  private StringBuilder open = new StringBuilder();
  private boolean inRecord;
  private int depth;

  @Override
  public void beginRecord(long position) {
    assertThat(inRecord).as("a record is open").isFalse();
    inRecord = true;
    depth = 0;
    open = new StringBuilder();
    positions.add(position);
  }

  @Override
  public void endRecord() {
    assertThat(inRecord).as("a record is open").isTrue();
    assertThat(depth).isZero();
    inRecord = false;
    records.add(open.toString().strip());
  }

  @Override
  public void reject(FirnException reason) {
    inRecord = false;
    rejected.add(reason);
  }

  @Override
  public void beginObject() {
    depth++;
    open.append("{ ");
  }

  @Override
  public void endObject() {
    depth--;
    open.append("} ");
  }

  @Override
  public void beginList() {
    depth++;
    open.append("[ ");
  }

  @Override
  public void endList() {
    depth--;
    open.append("] ");
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    open.append(quoted(new String(utf8, from, to - from, StandardCharsets.UTF_8))).append(": ");
  }

  @Override
  public void key(Key key) {
    keys.add(key);
    key(key.utf8(), 0, key.utf8().length);
  }

  @Override
  public void nothing() {
    open.append("null ");
  }

  @Override
  public void bool(boolean value) {
    open.append(value).append(' ');
  }

  @Override
  public void integer(long value) {
    open.append(value).append(' ');
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    open.append(new String(ascii, from, to - from, StandardCharsets.US_ASCII)).append(' ');
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    open.append(quoted(new String(utf8, from, to - from, StandardCharsets.UTF_8))).append(' ');
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    string(utf8, from, to);
  }

  @Override
  public void text(String value) {
    open.append(quoted(value)).append(' ');
  }

  @Override
  public void timestamp(long micros) {
    open.append("micros ").append(micros).append(' ');
  }

  @Override
  public void padded() {
    padded++;
  }

  /** A text as this sink spells it. */
  public static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public void real(double value) {
    throw new AssertionError("files have no binary numbers");
  }

  @Override
  public void decimal(BigDecimal value) {
    throw new AssertionError("files have no decimals");
  }

  @Override
  public void timestampNtz(long micros) {
    throw new AssertionError("files have no typed times");
  }

  @Override
  public void date(int days) {
    throw new AssertionError("files have no typed dates");
  }

  @Override
  public void time(long micros) {
    throw new AssertionError("files have no typed times");
  }

  @Override
  public void binary(byte[] bytes) {
    throw new AssertionError("files have no binary");
  }

  @Override
  public void uuid(UUID value) {
    throw new AssertionError("files have no typed ids");
  }
}
