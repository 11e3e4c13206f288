package dev.firn.internal.normalize;

/**
 * Reads ISO-8601 date-times from UTF-8: {@code YYYY-MM-DD}, {@code T} or a space, {@code
 * HH:MM[:SS[.f{1,9}]]}, then {@code Z}, {@code +hh:mm}, {@code +hhmm}, {@code +hh} or nothing
 * (UTC). An instance holds what it read last and belongs to one thread; nothing is allocated.
 */
public final class IsoTime {
  /** What {@link #date} and {@link #time} say of text that is none. */
  public static final long NONE = Long.MIN_VALUE;

  static final long MICROS_PER_SECOND = 1_000_000;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  private static final int DATE_LENGTH = 10;
  private static final int SHORTEST = 16;
  private static final int LONGEST = 35;
  private static final int FARTHEST_OFFSET = 18 * 60;
  private static final int BAD = -1000;

  private long micros;
  private long day;
  private boolean truncated;

  // What the last fraction and time said; only for the calls that read them.
  private int at;

  /** Reads the bytes from {@code from} to {@code to}; whether they are a date-time. */
  public boolean read(byte[] utf8, int from, int to) {
    int length = to - from;
    if (length < SHORTEST || length > LONGEST || utf8[from + 4] != '-' || utf8[from + 13] != ':') {
      return false;
    }
    byte between = utf8[from + DATE_LENGTH];
    day = date(utf8, from, from + DATE_LENGTH);
    if ((between != 'T' && between != ' ') || day == NONE) {
      return false;
    }
    long ofDay = timeOfDay(utf8, from + DATE_LENGTH + 1, to);
    int offset = ofDay < 0 ? BAD * 10 : offsetMinutes(utf8, at, to);
    micros = day * MICROS_PER_DAY + ofDay - offset * (60 * MICROS_PER_SECOND);
    return offset >= -FARTHEST_OFFSET;
  }

  /** The instant read last, in microseconds since the epoch. */
  public long micros() {
    return micros;
  }

  /** The date read last, as it was written, in days since 1970-01-01. */
  public int day() {
    return (int) day;
  }

  /** Whether the fraction read last had digits other than 0 behind the sixth. */
  public boolean truncated() {
    return truncated;
  }

  /** Days since 1970-01-01 of {@code YYYY-MM-DD}, or {@link #NONE}. */
  public static long date(byte[] utf8, int from, int to) {
    if (to - from != DATE_LENGTH || utf8[from + 4] != '-' || utf8[from + 7] != '-') {
      return NONE;
    }
    int year = two(utf8, from) * 100 + two(utf8, from + 2);
    int month = two(utf8, from + 5);
    int dayOfMonth = two(utf8, from + 8);
    if (year < 0 || month < 1 || month > 12 || dayOfMonth < 1) {
      return NONE;
    }
    return dayOfMonth <= daysIn(year, month) ? epochDay(year, month, dayOfMonth) : NONE;
  }

  /** Microseconds since midnight of {@code HH:MM[:SS[.f{1,9}]]}, or {@link #NONE}. */
  public long time(byte[] utf8, int from, int to) {
    long ofDay = to - from < 5 ? -1 : timeOfDay(utf8, from, to);
    return ofDay >= 0 && at == to ? ofDay : NONE;
  }

  /** Reads the time at {@code from}, leaves {@link #at} behind it; negative for none. */
  private long timeOfDay(byte[] utf8, int from, int to) {
    truncated = false;
    at = from + 5;
    int hour = two(utf8, from);
    int minute = two(utf8, from + 3);
    if (hour < 0 || hour > 23 || utf8[from + 2] != ':' || minute < 0 || minute > 59) {
      return -1;
    }
    long minutes = (hour * 60L + minute) * 60 * MICROS_PER_SECOND;
    if (at + 3 > to || utf8[at] != ':') {
      return minutes;
    }
    int second = two(utf8, at + 1);
    at += 3;
    if (second < 0 || second > 59) {
      return -1;
    }
    int fraction = at < to && utf8[at] == '.' ? fraction(utf8, to) : 0;
    return fraction < 0 ? -1 : minutes + second * MICROS_PER_SECOND + fraction;
  }

  private int fraction(byte[] utf8, int to) {
    int first = ++at;
    int value = 0;
    for (; at < to; at++) {
      int digit = utf8[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      } else if (at - first < 6) {
        value = value * 10 + digit;
      } else {
        truncated |= digit != 0;
      }
    }
    int digits = at - first;
    for (int i = digits; i < 6; i++) {
      value *= 10;
    }
    return digits == 0 || digits > 9 ? -1 : value;
  }

  /** Minutes east of UTC of everything from {@code at} on; less than the least one for none. */
  private static int offsetMinutes(byte[] utf8, int at, int to) {
    int length = to - at;
    if (length == 0 || (length == 1 && utf8[at] == 'Z')) {
      return 0;
    }
    boolean colon = length == 6 && utf8[at + 3] == ':';
    if ((length != 3 && length != 5 && !colon) || (utf8[at] != '+' && utf8[at] != '-')) {
      return BAD * 10;
    }
    int hours = two(utf8, at + 1);
    int minutes = length == 3 ? 0 : two(utf8, to - 2);
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > FARTHEST_OFFSET) {
      return BAD * 10;
    }
    int east = hours * 60 + minutes;
    return utf8[at] == '-' ? -east : east;
  }

  private static int two(byte[] utf8, int at) {
    int tens = utf8[at] - '0';
    int ones = utf8[at + 1] - '0';
    return (tens | ones) < 0 || tens > 9 || ones > 9 ? BAD * 100 : tens * 10 + ones;
  }

  private static int daysIn(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return 30 + ((month + (month >> 3)) & 1);
  }

  /** Days from 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
  private static long epochDay(int year, int month, int dayOfMonth) {
    int marchYear = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(marchYear, 400);
    int yearOfEra = marchYear - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
