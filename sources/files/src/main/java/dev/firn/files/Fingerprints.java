package dev.firn.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Short numbers that tell one state of a file from another: hashes of name, size and time. */
final class Fingerprints {
  private Fingerprints() {}

  static long of(InputFile file) {
    return ByteBuffer.wrap(digest(facts(file))).getLong();
  }

  /** One text for many files and how they are read. */
  static String of(List<InputFile> files, FileSettings settings) {
    StringBuilder all = new StringBuilder(settings.toString());
    files.forEach(file -> all.append('\n').append(facts(file)));
    return HexFormat.of().formatHex(digest(all.toString()));
  }

  private static String facts(InputFile file) {
    return file.name() + '\0' + file.size() + '\0' + file.modified();
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
