package dev.firn.files;

import dev.firn.files.internal.parse.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;

/** Whether JSON text has a record on each line, or is a document that holds records. */
enum JsonShape {
  LINES,
  DOCUMENT;

  private static final int LOOK = 64 << 10;

  /** Looks at the beginning of a plain file. */
  static JsonShape of(InputFile file) {
    try (InputStream in = Files.newInputStream(file.path())) {
      byte[] first = in.readNBytes(LOOK);
      return of(first, first.length, file.format());
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
  }

  /** Looks at the beginning of a text; a list is a document, and so is an object on many lines. */
  static JsonShape of(byte[] text, int length, Format format) {
    int i = 0;
    while (i < length && (isBlank(text[i]) || isMark(text, i))) {
      i++;
    }
    if (i < length && text[i] == '[') {
      return DOCUMENT;
    }
    if (format == Format.JSON_LINES) {
      return LINES;
    }
    return JsonLines.firstLineIsValue(Arrays.copyOfRange(text, i, length)) ? LINES : DOCUMENT;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static boolean isMark(byte[] text, int i) {
    return i < 3 && (text[i] & 0xff) == new int[] {0xef, 0xbb, 0xbf}[i];
  }
}
