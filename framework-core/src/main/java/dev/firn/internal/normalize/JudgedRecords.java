package dev.firn.internal.normalize;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.function.Consumer;

/** Lets validators see each whole record just before it ends, on its way to where it is built. */
final class JudgedRecords implements RecordSink {
  private final RecordSink next;
  private final RecordText text = new RecordText();
  private final ValidatorChecks checks;

  JudgedRecords(RecordSink next, ValidatorChecks checks) {
    this.next = next;
    this.checks = checks;
  }

  private void both(Consumer<RecordSink> event) {
    event.accept(text);
    event.accept(next);
  }

  @Override
  public void beginRecord(long position) {
    checks.forget();
    both(sink -> sink.beginRecord(position));
  }

  @Override
  public void endRecord() {
    text.endRecord();
    checks.judge(text.tree());
    next.endRecord();
  }

  @Override
  public void reject(FirnException reason) {
    both(sink -> sink.reject(reason));
  }

  @Override
  public void beginObject() {
    both(RecordSink::beginObject);
  }

  @Override
  public void endObject() {
    both(RecordSink::endObject);
  }

  @Override
  public void beginList() {
    both(RecordSink::beginList);
  }

  @Override
  public void endList() {
    both(RecordSink::endList);
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    both(sink -> sink.key(utf8, from, to));
  }

  @Override
  public void key(Key key) {
    both(sink -> sink.key(key));
  }

  @Override
  public void nothing() {
    both(RecordSink::nothing);
  }

  @Override
  public void bool(boolean value) {
    both(sink -> sink.bool(value));
  }

  @Override
  public void integer(long value) {
    both(sink -> sink.integer(value));
  }

  @Override
  public void real(double value) {
    both(sink -> sink.real(value));
  }

  @Override
  public void decimal(BigDecimal value) {
    both(sink -> sink.decimal(value));
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    both(sink -> sink.number(ascii, from, to));
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    both(sink -> sink.string(utf8, from, to));
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    both(sink -> sink.cell(utf8, from, to));
  }

  @Override
  public void text(String value) {
    both(sink -> sink.text(value));
  }

  @Override
  public void text(byte[] utf8, int from, int to) {
    both(sink -> sink.text(utf8, from, to));
  }

  @Override
  public void timestamp(long micros) {
    both(sink -> sink.timestamp(micros));
  }

  @Override
  public void timestampNtz(long micros) {
    both(sink -> sink.timestampNtz(micros));
  }

  @Override
  public void date(int days) {
    both(sink -> sink.date(days));
  }

  @Override
  public void time(long micros) {
    both(sink -> sink.time(micros));
  }

  @Override
  public void binary(byte[] bytes) {
    both(sink -> sink.binary(bytes));
  }

  @Override
  public void uuid(UUID value) {
    both(sink -> sink.uuid(value));
  }

  @Override
  public void padded() {
    both(RecordSink::padded);
  }
}
