package dev.firn.files;

import dev.firn.error.FirnException;
import dev.firn.schema.SystemColumns;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.util.UUID;

/** Adds the file's columns where a record's object ends; everything else passes. */
final class FileColumnsSink implements RecordSink {
  private static final Key FILE = Key.of(SystemColumns.FILE);
  private static final Key ROW = Key.of(SystemColumns.ROW);
  private static final Key MODIFIED = Key.of(SystemColumns.MODIFIED);
  private static final long MICROS = 1000;

  private final RecordSink sink;
  private final InputFile file;
  private final boolean name;
  private final boolean counted;
  private final boolean modified;
  private long row;
  private int depth;

  FileColumnsSink(RecordSink sink, Piece piece, FileColumns columns) {
    this.sink = sink;
    this.file = piece.file();
    this.row = piece.recordsBefore();
    this.name = columns.names().contains(SystemColumns.FILE);
    this.counted = columns.counted();
    this.modified = columns.names().contains(SystemColumns.MODIFIED);
  }

  @Override
  public void beginRecord(long position) {
    row++;
    depth = 0;
    sink.beginRecord(position);
  }

  @Override
  public void endObject() {
    if (--depth == 0) {
      if (name) {
        sink.key(FILE);
        sink.text(file.name());
      }
      if (counted) {
        sink.key(ROW);
        sink.integer(row);
      }
      if (modified) {
        sink.key(MODIFIED);
        sink.timestamp(file.modified() * MICROS);
      }
    }
    sink.endObject();
  }

  @Override
  public void beginObject() {
    depth++;
    sink.beginObject();
  }

  @Override
  public void beginList() {
    depth++;
    sink.beginList();
  }

  @Override
  public void endList() {
    depth--;
    sink.endList();
  }

  @Override
  public void endRecord() {
    sink.endRecord();
  }

  @Override
  public void reject(FirnException reason) {
    sink.reject(reason);
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    sink.key(utf8, from, to);
  }

  @Override
  public void key(Key key) {
    sink.key(key);
  }

  @Override
  public void nothing() {
    sink.nothing();
  }

  @Override
  public void bool(boolean value) {
    sink.bool(value);
  }

  @Override
  public void integer(long value) {
    sink.integer(value);
  }

  @Override
  public void real(double value) {
    sink.real(value);
  }

  @Override
  public void decimal(BigDecimal value) {
    sink.decimal(value);
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    sink.number(ascii, from, to);
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    sink.string(utf8, from, to);
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    sink.cell(utf8, from, to);
  }

  @Override
  public void text(String value) {
    sink.text(value);
  }

  @Override
  public void timestamp(long micros) {
    sink.timestamp(micros);
  }

  @Override
  public void timestampNtz(long micros) {
    sink.timestampNtz(micros);
  }

  @Override
  public void date(int days) {
    sink.date(days);
  }

  @Override
  public void time(long micros) {
    sink.time(micros);
  }

  @Override
  public void binary(byte[] bytes) {
    sink.binary(bytes);
  }

  @Override
  public void uuid(UUID value) {
    sink.uuid(value);
  }

  @Override
  public void padded() {
    sink.padded();
  }
}
