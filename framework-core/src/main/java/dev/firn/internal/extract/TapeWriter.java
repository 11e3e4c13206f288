package dev.firn.internal.extract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at their end, with numbers written as LEB128. */
final class TapeWriter {
  private byte[] bytes;
  private int length;

  TapeWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  /** Drops everything from there on. */
  void truncate(int newLength) {
    length = newLength;
  }

  /** A copy of what was written. */
  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
    }
  }

  void putByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** An unsigned number: small ones are short. */
  void putNumber(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** A signed number: those near zero are short. */
  void putSigned(long value) {
    putNumber((value << 1) ^ (value >> 63));
  }

  void putEight(long value) {
    reserve(8);
    for (int i = 0; i < 8; i++) {
      bytes[length++] = (byte) (value >>> (8 * i));
    }
  }

  void putBytes(byte[] source, int from, int to) {
    int count = to - from;
    putNumber(count);
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putBytes(utf8, 0, utf8.length);
  }
}
