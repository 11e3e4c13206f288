package dev.firn.source;

import dev.firn.error.FirnException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Takes records as events, never as objects. One record is: {@link #beginRecord}, exactly one
 * value, and {@link #endRecord} or {@link #reject}. A value is a scalar event, or {@link
 * #beginObject}, pairs of key and value, {@link #endObject}, or {@link #beginList}, values, {@link
 * #endList}.
 *
 * <p>A record is a transaction: nothing of a rejected one stays. A sink belongs to one thread. Byte
 * ranges are read during the call only. Any event may throw a {@link FirnException}: codes with
 * exit 1 concern the record, and a source whose {@code on-error} is {@code continue} then calls
 * {@link #reject}; all others end the load.
 */
public interface RecordSink {
  /**
   * Begins a root record.
   *
   * @param position where it begins, as its split counts (bytes or rows), for messages only
   */
  void beginRecord(long position);

  /** Publishes the record. */
  void endRecord();

  /**
   * Takes back the record begun last, if one is open, and counts it as read and discarded; without
   * an open record just counts.
   */
  void reject(FirnException reason);

  void beginObject();

  void endObject();

  void beginList();

  void endList();

  /** A key of the object begun last, as UTF-8 without escapes. */
  void key(byte[] utf8, int from, int to);

  /** As {@link #key(byte[], int, int)}; faster for keys known beforehand. */
  void key(Key key);

  /** Null: says nothing about a type. */
  void nothing();

  void bool(boolean value);

  void integer(long value);

  void real(double value);

  void decimal(BigDecimal value);

  /**
   * A number in JSON's grammar, in the spelling of its source; the caller has checked the grammar.
   */
  void number(byte[] ascii, int from, int to);

  /** A string, as valid UTF-8. An ISO-8601 date-time in it is a timestamp ({@code typing}). */
  void string(byte[] utf8, int from, int to);

  /** A CSV cell that is no null token: typed by its text. */
  void cell(byte[] utf8, int from, int to);

  /** Text that is to stay text whatever it says, from a typed source. */
  void text(String value);

  /** As {@link #text(String)}, as valid UTF-8. */
  default void text(byte[] utf8, int from, int to) {
    text(new String(utf8, from, to - from, StandardCharsets.UTF_8));
  }

  /** An instant, in microseconds since the epoch. */
  void timestamp(long micros);

  /** A local date and time, in microseconds since 1970-01-01T00:00. */
  void timestampNtz(long micros);

  /** Days since 1970-01-01. */
  void date(int days);

  /** Microseconds since midnight. */
  void time(long micros);

  void binary(byte[] bytes);

  void uuid(UUID value);

  /** Counts rows that were padded with nulls because they had too few fields. */
  void padded();
}
