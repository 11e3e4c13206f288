package dev.firn.files;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** From a file's bytes to UTF-8 text. */
final class Decoding {
  private static final int BUFFER = 256 << 10;
  private static final int BYTE_ORDER_MARK = 3;

  private Decoding() {}

  /** The decoded bytes, without a byte-order mark. */
  static InputStream open(InputFile file) throws IOException {
    InputStream plain = decompressed(file, new MemberStream(raw(file)));
    return file.charset().equals(StandardCharsets.UTF_8)
        ? afterByteOrderMark(plain)
        : new TranscodedStream(plain, file.charset());
  }

  private static InputStream raw(InputFile file) throws IOException {
    if (file.copy().isEmpty()) {
      return Files.newInputStream(file.path());
    }
    boolean standard = file.name().equals(Listing.STDIN);
    // a stream of java.nio asks where it is before it reads, which a pipe cannot tell
    return file.copy()
        .get()
        .open(() -> standard ? System.in : new FileInputStream(file.path().toFile()));
  }

  private static InputStream decompressed(InputFile file, InputStream raw) throws IOException {
    return switch (file.compression()) {
      case NONE -> raw;
      case GZIP -> new GZIPInputStream(raw, BUFFER);
      case ZSTD -> new ZstdInputStreamNoFinalizer(raw);
    };
  }

  private static InputStream afterByteOrderMark(InputStream in) throws IOException {
    PushbackInputStream text = new PushbackInputStream(in, BYTE_ORDER_MARK);
    byte[] first = new byte[BYTE_ORDER_MARK];
    int read = text.readNBytes(first, 0, BYTE_ORDER_MARK);
    boolean mark =
        read == BYTE_ORDER_MARK
            && first[0] == (byte) 0xef
            && first[1] == (byte) 0xbb
            && first[2] == (byte) 0xbf;
    if (!mark) {
      text.unread(first, 0, read);
    }
    return text;
  }

  /** What a failed reading means; {@code place} is where the decoded bytes end. */
  static FirnException fault(InputFile file, IOException e, String place) {
    if (e instanceof CharacterCodingException) {
      return malformed(
          place, "bytes that are no " + file.charset() + " text", "Correct options.charset.", e);
    }
    boolean compressed =
        e instanceof EOFException || e instanceof ZipException || e instanceof ZstdIOException;
    if (compressed && file.compression() != Compression.NONE) {
      return malformed(
          place,
          "the " + file.compression() + " data is cut off or damaged: " + e.getMessage(),
          "Fetch the file again, or leave it out.",
          e);
    }
    return IoFaults.of(file.name(), e);
  }

  private static FirnException malformed(String place, String what, String hint, IOException e) {
    return new FirnException(ErrorCode.MALFORMED_DATA, place + ": " + what, hint, e);
  }

  /**
   * Says that bytes are available until there are none. {@link GZIPInputStream} asks this after
   * each member, and would take a pipe that is slow for one that has ended.
   */
  private static final class MemberStream extends BufferedInputStream {
    MemberStream(InputStream in) {
      super(in, BUFFER);
    }

    @Override
    public synchronized int available() throws IOException {
      int known = super.available();
      if (known > 0) {
        return known;
      }
      mark(1);
      int next = read();
      reset();
      return next < 0 ? 0 : 1;
    }
  }
}
