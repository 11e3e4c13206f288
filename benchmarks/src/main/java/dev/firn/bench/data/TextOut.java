package dev.firn.bench.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/**
 * Writes text straight into one byte buffer; no String is made per value. Digits, dates and ASCII
 * literals cover all but a few words, which come as ready UTF-8 bytes.
 */
final class TextOut implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int LONGEST_NUMBER = 20;
  private static final long MILLIS_A_DAY = 86_400_000;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final OutputStream stream;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;
  private long flushed;
  private long cachedDay = Long.MIN_VALUE;
  private LocalDate cachedDate = LocalDate.EPOCH;

  TextOut(OutputStream stream) {
    this.stream = stream;
  }

  /** Bytes written so far, buffered ones included. */
  long bytes() {
    return flushed + length;
  }

  TextOut ascii(String text) {
    int n = text.length();
    reserve(n);
    for (int i = 0; i < n; i++) {
      buffer[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  TextOut ascii(char c) {
    reserve(1);
    buffer[length++] = (byte) c;
    return this;
  }

  TextOut utf8(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, buffer, length, text.length);
    length += text.length;
    return this;
  }

  TextOut number(long value) {
    reserve(LONGEST_NUMBER);
    if (value < 0) {
      buffer[length++] = '-';
      value = -value;
    }
    int end = length + digitsOf(value);
    for (int i = end - 1; i >= length; i--, value /= 10) {
      buffer[i] = (byte) ('0' + value % 10);
    }
    length = end;
    return this;
  }

  /**
   * {@code unscaled / 10^scale}, at least zero, in the shortest form that keeps one fraction digit:
   * 12.5, 3.0, 0.07.
   */
  TextOut decimal(long unscaled, int scale) {
    long one = 1;
    for (int i = 0; i < scale; i++) {
      one *= 10;
    }
    number(unscaled / one).ascii('.');
    long fraction = unscaled % one;
    do {
      one /= 10;
      ascii((char) ('0' + fraction / one));
      fraction %= one;
    } while (fraction != 0);
    return this;
  }

  /** The lowest {@code digits} hexadecimal digits of {@code bits}, highest first. */
  TextOut hex(long bits, int digits) {
    reserve(digits);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      buffer[length++] = HEX[(int) (bits >>> shift) & 15];
    }
    return this;
  }

  /** {@code yyyy-MM-dd}, the separator, {@code HH:mm:ss}; in UTC. */
  TextOut seconds(long epochMillis, char separator) {
    long day = Math.floorDiv(epochMillis, MILLIS_A_DAY);
    if (day != cachedDay) {
      cachedDay = day;
      cachedDate = LocalDate.ofEpochDay(day);
    }
    int second = (int) (Math.floorMod(epochMillis, MILLIS_A_DAY) / 1000);
    return padded(cachedDate.getYear(), 4)
        .ascii('-')
        .padded(cachedDate.getMonthValue(), 2)
        .ascii('-')
        .padded(cachedDate.getDayOfMonth(), 2)
        .ascii(separator)
        .padded(second / 3600, 2)
        .ascii(':')
        .padded(second / 60 % 60, 2)
        .ascii(':')
        .padded(second % 60, 2);
  }

  /** A number at least zero with leading zeros up to {@code digits}. */
  TextOut padded(long value, int digits) {
    for (int i = digitsOf(value); i < digits; i++) {
      ascii('0');
    }
    return number(value);
  }

  private static int digitsOf(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void reserve(int bytes) {
    if (length + bytes > buffer.length) {
      flush();
    }
  }

  private void flush() {
    try {
      stream.write(buffer, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flushed += length;
    length = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
    stream.close();
  }
}
