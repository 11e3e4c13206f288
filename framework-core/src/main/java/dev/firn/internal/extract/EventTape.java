package dev.firn.internal.extract;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * Takes records down as bytes, so that one thread can walk objects while others build columns. What
 * is recorded is played to another sink by {@link TapePlayer}.
 */
final class EventTape implements RecordSink {
  private final TapeWriter out;
  private final KeyTable keys;
  private int records;
  private int recordStart = -1;

  EventTape(int capacity, KeyTable keys) {
    this.out = new TapeWriter(capacity);
    this.keys = keys;
  }

  /** Records on the tape, rejected ones included. */
  int records() {
    return records;
  }

  /** Bytes on the tape. */
  int length() {
    return out.length();
  }

  /** What was recorded, and a blank tape again. */
  byte[] cut() {
    byte[] bytes = out.copy();
    out.truncate(0);
    records = 0;
    return bytes;
  }

  private void event(TapeEvent event) {
    out.putByte(event.number());
  }

  @Override
  public void beginRecord(long position) {
    recordStart = out.length();
    event(TapeEvent.BEGIN_RECORD);
    out.putNumber(position);
  }

  @Override
  public void endRecord() {
    event(TapeEvent.END_RECORD);
    recordStart = -1;
    records++;
  }

  @Override
  public void reject(FirnException reason) {
    if (recordStart >= 0) {
      out.truncate(recordStart);
    }
    recordStart = -1;
    records++;
    event(TapeEvent.REJECT);
    out.putText(reason.code().name());
    out.putText(String.valueOf(reason.getMessage()));
    out.putText(reason.hint());
  }

  @Override
  public void beginObject() {
    event(TapeEvent.BEGIN_OBJECT);
  }

  @Override
  public void endObject() {
    event(TapeEvent.END_OBJECT);
  }

  @Override
  public void beginList() {
    event(TapeEvent.BEGIN_LIST);
  }

  @Override
  public void endList() {
    event(TapeEvent.END_LIST);
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    bytes(TapeEvent.KEY, utf8, from, to);
  }

  @Override
  public void key(Key key) {
    event(TapeEvent.KNOWN_KEY);
    out.putNumber(keys.number(key));
  }

  @Override
  public void nothing() {
    event(TapeEvent.NOTHING);
  }

  @Override
  public void bool(boolean value) {
    event(value ? TapeEvent.TRUE : TapeEvent.FALSE);
  }

  @Override
  public void integer(long value) {
    event(TapeEvent.INTEGER);
    out.putSigned(value);
  }

  @Override
  public void real(double value) {
    event(TapeEvent.REAL);
    out.putEight(Double.doubleToRawLongBits(value));
  }

  @Override
  public void decimal(BigDecimal value) {
    byte[] unscaled = value.unscaledValue().toByteArray();
    bytes(TapeEvent.DECIMAL, unscaled, 0, unscaled.length);
    out.putSigned(value.scale());
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    bytes(TapeEvent.NUMBER, ascii, from, to);
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    bytes(TapeEvent.STRING, utf8, from, to);
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    bytes(TapeEvent.CELL, utf8, from, to);
  }

  @Override
  public void text(String value) {
    event(TapeEvent.TEXT);
    out.putText(value);
  }

  @Override
  public void text(byte[] utf8, int from, int to) {
    bytes(TapeEvent.TEXT, utf8, from, to);
  }

  @Override
  public void timestamp(long micros) {
    event(TapeEvent.TIMESTAMP);
    out.putSigned(micros);
  }

  @Override
  public void timestampNtz(long micros) {
    event(TapeEvent.TIMESTAMP_NTZ);
    out.putSigned(micros);
  }

  @Override
  public void date(int days) {
    event(TapeEvent.DATE);
    out.putSigned(days);
  }

  @Override
  public void time(long micros) {
    event(TapeEvent.TIME);
    out.putSigned(micros);
  }

  @Override
  public void binary(byte[] value) {
    bytes(TapeEvent.BINARY, value, 0, value.length);
  }

  @Override
  public void uuid(UUID value) {
    event(TapeEvent.UUID);
    out.putEight(value.getMostSignificantBits());
    out.putEight(value.getLeastSignificantBits());
  }

  @Override
  public void padded() {
    event(TapeEvent.PADDED);
  }

  private void bytes(TapeEvent event, byte[] source, int from, int to) {
    event(event);
    out.putBytes(source, from, to);
  }
}
