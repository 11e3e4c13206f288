package dev.firn.files.internal.parse;

import dev.firn.error.FirnException;
import dev.firn.source.RecordLimits;
import dev.firn.source.RecordSink;

/** Values at known places in a chunk, as {@link JsonDocument} found them. */
final class JsonRecords implements ChunkParser {
  private final RecordLimits limits;
  private final Faults faults;
  private final int[] ranges;
  private final JsonTokenizer tokenizer;

  /**
   * @param ranges for each value, its begin and its end
   */
  JsonRecords(RecordLimits limits, Faults faults, int[] ranges) {
    this.limits = limits;
    this.faults = faults;
    this.ranges = ranges;
    this.tokenizer = new JsonTokenizer(limits, false);
  }

  @Override
  public void parse(Chunk chunk, RecordSink sink) {
    for (int i = 0; i < ranges.length; i += 2) {
      record(chunk, ranges[i], ranges[i + 1], sink);
    }
  }

  private void record(Chunk chunk, int start, int end, RecordSink sink) {
    byte[] b = chunk.bytes();
    byte kept = b[end];
    b[end] = 0;
    try {
      sink.beginRecord(chunk.position(start));
      if (end - start > limits.lineBytes()) {
        throw Malformed.limit(
            start, "a record of more than " + limits.lineBytes() + " bytes (limits.line-bytes)");
      }
      int after = tokenizer.blanks(b, tokenizer.value(b, start, sink));
      if (after < end) {
        throw Malformed.expected(after, "the end of the record");
      }
      sink.endRecord();
    } catch (Malformed e) {
      b[end] = kept;
      faults.report(chunk.failure(e), sink);
    } catch (FirnException e) {
      b[end] = kept;
      faults.report(chunk.failure(e, tokenizer.at()), sink);
    } finally {
      b[end] = kept;
    }
  }
}
