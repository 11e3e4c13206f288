package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Writes down each event as a line. */
final class EventLog implements RecordSink {
  final List<String> lines = new ArrayList<>();
  private final long failAt;

  EventLog() {
    this(-1);
  }

  /** Fails when the record at this position begins. */
  EventLog(long failAt) {
    this.failAt = failAt;
  }

  @Override
  public void beginRecord(long position) {
    if (position == failAt) {
      throw new FirnException(ErrorCode.MALFORMED_DATA, "bad", "");
    }
    lines.add("record " + position);
  }

  @Override
  public void endRecord() {
    lines.add("end");
  }

  @Override
  public void reject(FirnException reason) {
    lines.add("reject " + reason.code() + " " + reason.getMessage() + " / " + reason.hint());
  }

  @Override
  public void beginObject() {
    lines.add("{");
  }

  @Override
  public void endObject() {
    lines.add("}");
  }

  @Override
  public void beginList() {
    lines.add("[");
  }

  @Override
  public void endList() {
    lines.add("]");
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    lines.add("key " + utf8(utf8, from, to));
  }

  @Override
  public void key(Key key) {
    lines.add("key " + key);
  }

  @Override
  public void nothing() {
    lines.add("nothing");
  }

  @Override
  public void bool(boolean value) {
    lines.add("bool " + value);
  }

  @Override
  public void integer(long value) {
    lines.add("integer " + value);
  }

  @Override
  public void real(double value) {
    lines.add("real " + Double.doubleToRawLongBits(value) + " " + value);
  }

  @Override
  public void decimal(BigDecimal value) {
    lines.add("decimal " + value.unscaledValue() + " " + value.scale());
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    lines.add("number " + utf8(ascii, from, to));
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    lines.add("string " + utf8(utf8, from, to));
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    lines.add("cell " + utf8(utf8, from, to));
  }

  @Override
  public void text(String value) {
    lines.add("text " + value);
  }

  @Override
  public void timestamp(long micros) {
    lines.add("timestamp " + micros);
  }

  @Override
  public void timestampNtz(long micros) {
    lines.add("timestampNtz " + micros);
  }

  @Override
  public void date(int days) {
    lines.add("date " + days);
  }

  @Override
  public void time(long micros) {
    lines.add("time " + micros);
  }

  @Override
  public void binary(byte[] bytes) {
    lines.add("binary " + HexFormat.of().formatHex(bytes));
  }

  @Override
  public void uuid(UUID value) {
    lines.add("uuid " + value);
  }

  @Override
  public void padded() {
    lines.add("padded");
  }

  private static String utf8(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
