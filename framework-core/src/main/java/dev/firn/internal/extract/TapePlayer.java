package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Plays what an {@link EventTape} recorded. */
final class TapePlayer {
  private final byte[] tape;
  private final Key[] keys;
  private int at;
  private int end;
  private long position;

  TapePlayer(byte[] tape, Key[] keys) {
    this.tape = tape;
    this.keys = keys;
  }

  /** The position of the record that was begun last. */
  long position() {
    return position;
  }

  /** Sends all events, in order. */
  void playTo(RecordSink sink) {
    while (at < tape.length) {
      play(TapeEvent.of(tape[at++]), sink);
    }
  }

  private void play(TapeEvent event, RecordSink sink) {
    switch (event) {
      case BEGIN_RECORD -> {
        position = number();
        sink.beginRecord(position);
      }
      case END_RECORD -> sink.endRecord();
      case REJECT -> sink.reject(new FirnException(ErrorCode.valueOf(text()), text(), text()));
      case BEGIN_OBJECT -> sink.beginObject();
      case END_OBJECT -> sink.endObject();
      case BEGIN_LIST -> sink.beginList();
      case END_LIST -> sink.endList();
      case KEY -> sink.key(tape, bytes(), end);
      case KNOWN_KEY -> sink.key(keys[(int) number()]);
      case NOTHING -> sink.nothing();
      case TRUE -> sink.bool(true);
      case FALSE -> sink.bool(false);
      case INTEGER -> sink.integer(signed());
      case REAL -> sink.real(Double.longBitsToDouble(eight()));
      case DECIMAL -> sink.decimal(decimal());
      case NUMBER -> sink.number(tape, bytes(), end);
      case STRING -> sink.string(tape, bytes(), end);
      case CELL -> sink.cell(tape, bytes(), end);
      case TEXT -> sink.text(tape, bytes(), end);
      case TIMESTAMP -> sink.timestamp(signed());
      case TIMESTAMP_NTZ -> sink.timestampNtz(signed());
      case DATE -> sink.date((int) signed());
      case TIME -> sink.time(signed());
      case BINARY -> sink.binary(Arrays.copyOfRange(tape, bytes(), end));
      case UUID -> sink.uuid(new UUID(eight(), eight()));
      case PADDED -> sink.padded();
    }
  }

  /** Steps over bytes: where they begin; they end at {@link #end}. */
  private int bytes() {
    int length = (int) number();
    int from = at;
    at += length;
    end = at;
    return from;
  }

  private String text() {
    int from = bytes();
    return new String(tape, from, end - from, StandardCharsets.UTF_8);
  }

  private BigDecimal decimal() {
    int from = bytes();
    BigInteger unscaled = new BigInteger(tape, from, end - from);
    return new BigDecimal(unscaled, (int) signed());
  }

  private long number() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = tape[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  private long eight() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value |= (tape[at++] & 0xFFL) << (8 * i);
    }
    return value;
  }
}
