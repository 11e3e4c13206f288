package dev.firn.source;

import java.nio.charset.StandardCharsets;

/** A key that a source sends often; made once, compared by identity. */
public final class Key {
  private final byte[] utf8;

  private Key(byte[] utf8) {
    this.utf8 = utf8;
  }

  public static Key of(String name) {
    return new Key(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The key's bytes; not to be changed. */
  public byte[] utf8() {
    return utf8;
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
