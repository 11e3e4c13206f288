package dev.firn.files;

import java.util.Locale;

/** What lies around a file's bytes. */
enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst");

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /** What a file's name says. */
  static Compression ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Compression each : values()) {
      if (each != NONE && lower.endsWith(each.extension)) {
        return each;
      }
    }
    return NONE;
  }

  /** The name without the extension of a compression. */
  static String stripped(String name) {
    return name.substring(0, name.length() - ofFile(name).extension.length());
  }
}
