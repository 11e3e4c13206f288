package dev.firn.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps on disk what a pipe or the standard input brings, so that it can be read again. The copy
 * has no name and goes with the process.
 */
final class StreamCopy {
  private @Nullable FileChannel copy;

  /** Opens the source itself. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** The stream from its beginning: from the source at first, later from the copy. */
  synchronized InputStream open(Source source) throws IOException {
    FileChannel known = copy;
    if (known != null) {
      known.position(0);
      return new Unclosed(Channels.newInputStream(known));
    }
    FileChannel made = nameless();
    copy = made;
    return new Copying(source.open(), made);
  }

  private static FileChannel nameless() throws IOException {
    Path file = Files.createTempFile("firn-stream", null);
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Writes down what is read. */
  private static final class Copying extends FilterInputStream {
    private final FileChannel copy;

    Copying(InputStream in, FileChannel copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      ByteBuffer rest = ByteBuffer.wrap(bytes, from, Math.max(read, 0));
      while (rest.hasRemaining()) {
        copy.write(rest);
      }
      return read;
    }
  }

  /** The copy stays for a third reading. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
