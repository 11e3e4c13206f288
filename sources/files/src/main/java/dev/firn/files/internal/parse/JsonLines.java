package dev.firn.files.internal.parse;

import dev.firn.error.FirnException;
import dev.firn.source.RecordLimits;
import dev.firn.source.RecordSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON lines: a value a line; blank lines say nothing. */
public final class JsonLines implements ChunkParser {
  private final RecordLimits limits;
  private final Faults faults;
  private final JsonTokenizer tokenizer;

  public JsonLines(RecordLimits limits, Faults faults) {
    this.limits = limits;
    this.faults = faults;
    this.tokenizer = new JsonTokenizer(limits, true);
  }

  @Override
  public void parse(Chunk chunk, RecordSink sink) {
    byte[] b = chunk.bytes();
    byte kept = b[chunk.to()];
    b[chunk.to()] = 0;
    try {
      int i = chunk.from();
      while (true) {
        i = tokenizer.blanks(b, i);
        if (b[i] == '\n') {
          i++;
        } else if (i < chunk.to()) {
          i = record(chunk, i, sink);
        } else {
          return;
        }
      }
    } finally {
      b[chunk.to()] = kept;
    }
  }

  private int record(Chunk chunk, int start, RecordSink sink) {
    try {
      sink.beginRecord(chunk.position(start));
      int end = line(chunk, start, sink);
      sink.endRecord();
      return end;
    } catch (Malformed e) {
      faults.report(chunk.failure(e), sink);
    } catch (FirnException e) {
      faults.report(chunk.failure(e, tokenizer.at()), sink);
    }
    int end = Words.newline(chunk.bytes(), start, chunk.to());
    return end < 0 ? chunk.to() : end;
  }

  private int line(Chunk chunk, int start, RecordSink sink) {
    byte[] b = chunk.bytes();
    int end = tokenizer.blanks(b, tokenizer.value(b, start, sink));
    if (b[end] != '\n' && end < chunk.to()) {
      throw Malformed.expected(end, "the end of the line after a record");
    }
    if (end - start > limits.lineBytes()) {
      throw Malformed.limit(
          start, "a line of more than " + limits.lineBytes() + " bytes (limits.line-bytes)");
    }
    return end;
  }

  /** Whether a text begins with a whole value that a newline ends. */
  public static boolean firstLineIsValue(byte[] text) {
    int newline = Words.newline(text, 0, text.length);
    if (newline < 0) {
      return false;
    }
    byte[] line = Arrays.copyOf(Arrays.copyOf(text, newline), newline + Words.SPARE);
    int end = Structure.valueEnd(line, 0, newline, false);
    return end > 0 && new String(line, end, newline - end, StandardCharsets.US_ASCII).isBlank();
  }
}
