package dev.firn.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text of any charset as UTF-8; bytes that are no text of it are an error, never a {@code ?}. */
final class TranscodedStream extends InputStream {
  private static final int CHARACTERS = 32 << 10;

  private final Reader reader;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final CharBuffer characters = CharBuffer.allocate(CHARACTERS);
  private final ByteBuffer utf8 = ByteBuffer.allocate(4 * CHARACTERS);
  private boolean first = true;
  private boolean ended;

  TranscodedStream(InputStream in, Charset charset) {
    this.reader =
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    characters.flip();
    utf8.flip();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (!utf8.hasRemaining()) {
      if (ended) {
        return -1;
      }
      more();
    }
    int count = Math.min(length, utf8.remaining());
    utf8.get(into, offset, count);
    return count;
  }

  private void more() throws IOException {
    characters.compact();
    ended = reader.read(characters) < 0;
    characters.flip();
    if (first && characters.hasRemaining()) {
      first = false;
      if (characters.charAt(0) == '\uFEFF') {
        characters.get();
      }
    }
    utf8.clear();
    if (encoder.encode(characters, utf8, ended).isError()) {
      throw new java.nio.charset.MalformedInputException(1);
    }
    utf8.flip();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
