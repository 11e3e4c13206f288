package dev.firn.internal.normalize;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.util.UUID;

/** Lets validators see each whole record just before it ends, on its way to where it is built. */
final class JudgedRecords implements RecordSink {
  private final RecordSink next;
  private final RecordText text = new RecordText();
  private final ValidatorChecks checks;

  JudgedRecords(RecordSink next, ValidatorChecks checks) {
    this.next = next;
    this.checks = checks;
  }

  @Override
  public void beginRecord(long position) {
    checks.forget();
    text.beginRecord(position);
    next.beginRecord(position);
  }

  @Override
  public void endRecord() {
    text.endRecord();
    checks.judge(text.tree());
    next.endRecord();
  }

  @Override
  public void reject(FirnException reason) {
    text.reject(reason);
    next.reject(reason);
  }

  @Override
  public void beginObject() {
    next.beginObject();
    text.beginObject();
  }

  @Override
  public void endObject() {
    next.endObject();
    text.endObject();
  }

  @Override
  public void beginList() {
    next.beginList();
    text.beginList();
  }

  @Override
  public void endList() {
    next.endList();
    text.endList();
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    next.key(utf8, from, to);
    text.key(utf8, from, to);
  }

  @Override
  public void key(Key key) {
    next.key(key);
    text.key(key);
  }

  @Override
  public void nothing() {
    next.nothing();
    text.nothing();
  }

  @Override
  public void bool(boolean value) {
    next.bool(value);
    text.bool(value);
  }

  @Override
  public void integer(long value) {
    next.integer(value);
    text.integer(value);
  }

  @Override
  public void real(double value) {
    next.real(value);
    text.real(value);
  }

  @Override
  public void decimal(BigDecimal value) {
    next.decimal(value);
    text.decimal(value);
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    next.number(ascii, from, to);
    text.number(ascii, from, to);
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    next.string(utf8, from, to);
    text.string(utf8, from, to);
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    next.cell(utf8, from, to);
    text.cell(utf8, from, to);
  }

  @Override
  public void text(String value) {
    next.text(value);
    text.text(value);
  }

  @Override
  public void text(byte[] utf8, int from, int to) {
    next.text(utf8, from, to);
    text.text(utf8, from, to);
  }

  @Override
  public void timestamp(long micros) {
    next.timestamp(micros);
    text.timestamp(micros);
  }

  @Override
  public void timestampNtz(long micros) {
    next.timestampNtz(micros);
    text.timestampNtz(micros);
  }

  @Override
  public void date(int days) {
    next.date(days);
    text.date(days);
  }

  @Override
  public void time(long micros) {
    next.time(micros);
    text.time(micros);
  }

  @Override
  public void binary(byte[] bytes) {
    next.binary(bytes);
    text.binary(bytes);
  }

  @Override
  public void uuid(UUID value) {
    next.uuid(value);
    text.uuid(value);
  }

  @Override
  public void padded() {
    next.padded();
  }
}
