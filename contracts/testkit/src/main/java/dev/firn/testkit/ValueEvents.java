package dev.firn.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends Java values as a record's events, as a typed source does. */
final class ValueEvents {
  private ValueEvents() {}

  /** Sends a map, a list, null or a scalar. */
  static void send(@Nullable Object value, RecordSink sink) {
    if (value == null) {
      sink.nothing();
    } else if (value instanceof Map<?, ?> map) {
      sink.beginObject();
      map.forEach(
          (key, each) -> {
            byte[] utf8 = key.toString().getBytes(UTF_8);
            sink.key(utf8, 0, utf8.length);
            send(each, sink);
          });
      sink.endObject();
    } else if (value instanceof List<?> list) {
      sink.beginList();
      list.forEach(each -> send(each, sink));
      sink.endList();
    } else {
      scalar(value, sink);
    }
  }

  private static void scalar(Object value, RecordSink sink) {
    if (value instanceof Boolean bool) {
      sink.bool(bool);
    } else if (value instanceof Integer || value instanceof Long) {
      sink.integer(((Number) value).longValue());
    } else if (value instanceof Double real) {
      sink.real(real);
    } else if (value instanceof BigDecimal decimal) {
      sink.decimal(decimal);
    } else if (value instanceof byte[] bytes) {
      sink.binary(bytes);
    } else if (value instanceof UUID uuid) {
      sink.uuid(uuid);
    } else if (value instanceof String text) {
      byte[] utf8 = text.getBytes(UTF_8);
      sink.string(utf8, 0, utf8.length);
    } else {
      time(value, sink);
    }
  }

  private static void time(Object value, RecordSink sink) {
    if (value instanceof Instant instant) {
      sink.timestamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    } else if (value instanceof LocalDateTime local) {
      sink.timestampNtz(ChronoUnit.MICROS.between(Instant.EPOCH, local.toInstant(ZoneOffset.UTC)));
    } else if (value instanceof LocalDate date) {
      sink.date((int) date.toEpochDay());
    } else if (value instanceof LocalTime time) {
      sink.time(time.toNanoOfDay() / 1000);
    } else {
      throw new IllegalArgumentException("No event for " + value.getClass());
    }
  }
}
