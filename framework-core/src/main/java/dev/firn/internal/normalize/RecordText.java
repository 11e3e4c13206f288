package dev.firn.internal.normalize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.firn.error.FirnException;
import dev.firn.source.Key;
import java.io.IOException;

/** Takes each record as JSON text, to be read as a tree. */
final class RecordText extends ScalarEvents {
  /** What a record may be, the limits of the pipeline have said when it was read. */
  private static final JsonFactory ANY_LENGTH =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final ObjectReader READER =
      new ObjectMapper(ANY_LENGTH).reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  RecordText() {
    super(new RecordState(false));
  }

  /** The record that ended last. */
  JsonNode tree() {
    try {
      return READER.readTree(json.text(), 0, json.length());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible); // it was written from events
    }
  }

  @Override
  public void beginRecord(long position) {
    capturing = true;
    json.begin();
  }

  @Override
  public void endRecord() {
    capturing = false;
  }

  @Override
  public void reject(FirnException reason) {
    capturing = false;
  }

  @Override
  public void beginObject() {
    json.open('{');
  }

  @Override
  public void endObject() {
    json.close('}');
  }

  @Override
  public void beginList() {
    json.open('[');
  }

  @Override
  public void endList() {
    json.close(']');
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    json.key(utf8, from, to);
  }

  @Override
  public void key(Key key) {
    key(key.utf8(), 0, key.utf8().length);
  }

  @Override
  public void nothing() {
    json.raw("null");
  }

  /** A cell that is read as a number or as a boolean is one. */
  @Override
  public void cell(byte[] utf8, int from, int to) {
    state.value.setCell(utf8, from, to);
    if (state.value.fact == Facts.STRING || PayloadSink.zeroInFront(utf8, from, to)) {
      json.string(utf8, from, to);
    } else {
      json.raw(utf8, from, to);
    }
  }

  @Override
  void scalar() {
    // everything is captured
  }

  @Override
  public void padded() {
    // no part of the text
  }
}
