package dev.firn.bench.jmh;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.util.UUID;

/** Counts records and adds up what it is told, so that no event can be left out. */
final class CountingSink implements RecordSink {
  private long records;
  private long sum;

  /** Records so far; mixed with what they said so that the compiler keeps it. */
  long records() {
    return sum == Long.MIN_VALUE ? -1 : records;
  }

  @Override
  public void beginRecord(long position) {
    records++;
  }

  @Override
  public void endRecord() {}

  @Override
  public void reject(FirnException reason) {
    throw reason;
  }

  @Override
  public void beginObject() {}

  @Override
  public void endObject() {}

  @Override
  public void beginList() {}

  @Override
  public void endList() {}

  @Override
  public void key(byte[] utf8, int from, int to) {
    sum += to - from;
  }

  @Override
  public void key(Key key) {
    sum += key.utf8().length;
  }

  @Override
  public void nothing() {}

  @Override
  public void bool(boolean value) {
    sum += value ? 1 : 0;
  }

  @Override
  public void integer(long value) {
    sum += value;
  }

  @Override
  public void real(double value) {
    sum += (long) value;
  }

  @Override
  public void decimal(BigDecimal value) {
    sum += value.scale();
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    sum += to - from;
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    sum += to - from;
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    sum += to - from;
  }

  @Override
  public void text(String value) {
    sum += value.length();
  }

  @Override
  public void timestamp(long micros) {
    sum += micros;
  }

  @Override
  public void timestampNtz(long micros) {
    sum += micros;
  }

  @Override
  public void date(int days) {
    sum += days;
  }

  @Override
  public void time(long micros) {
    sum += micros;
  }

  @Override
  public void binary(byte[] bytes) {
    sum += bytes.length;
  }

  @Override
  public void uuid(UUID value) {
    sum += value.getMostSignificantBits();
  }

  @Override
  public void padded() {}
}
