package dev.firn.internal.extract;

import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Arrow vectors of dates and times, of whatever unit. */
final class TimeCells {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  private TimeCells() {}

  static CellWriter of(FieldVector vector) {
    if (vector instanceof TimeStampVector v) {
      return timestamp(v);
    } else if (vector instanceof DateDayVector v) {
      return (row, walk) -> walk.sink.date(v.get(row));
    } else if (vector instanceof DateMilliVector v) {
      return (row, walk) -> walk.sink.date((int) Math.floorDiv(v.get(row), MILLIS_PER_DAY));
    } else if (vector instanceof TimeSecVector v) {
      return (row, walk) -> walk.sink.time(v.get(row) * 1_000_000L);
    } else if (vector instanceof TimeMilliVector v) {
      return (row, walk) -> walk.sink.time(v.get(row) * 1_000L);
    } else if (vector instanceof TimeMicroVector v) {
      return (row, walk) -> walk.sink.time(v.get(row));
    } else if (vector instanceof TimeNanoVector v) {
      return (row, walk) -> walk.sink.time(v.get(row) / 1000);
    }
    throw Writers.unsupported(
        "Vector '" + vector.getName() + "' is of the Arrow type " + vector.getField().getType());
  }

  private static CellWriter timestamp(TimeStampVector vector) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    TimeUnit unit = type.getUnit();
    if (type.getTimezone() == null) {
      return (row, walk) -> walk.sink.timestampNtz(micros(vector.get(row), unit));
    }
    return (row, walk) -> walk.sink.timestamp(micros(vector.get(row), unit));
  }

  private static long micros(long value, TimeUnit unit) {
    return switch (unit) {
      case SECOND -> Math.multiplyExact(value, 1_000_000L);
      case MILLISECOND -> Math.multiplyExact(value, 1_000L);
      case MICROSECOND -> value;
      case NANOSECOND -> Math.floorDiv(value, 1_000L);
    };
  }
}
