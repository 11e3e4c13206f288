package dev.firn.internal.extract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.source.RecordSink;
import java.util.Map;

/** Sends whole records. Belongs to one thread. */
final class RecordWalker {
  private final RecordSink sink;
  private final Writers writers = new Writers();
  private final Walk walk;
  private Class<?> checked = void.class;

  RecordWalker(RecordSink sink, int deepest) {
    this.sink = sink;
    this.walk = new Walk(sink, writers, deepest);
  }

  /**
   * Sends an object.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_SOURCE} when it, or something in it, is no
   *     value that a column takes
   */
  void record(Object record, long position) {
    if (record.getClass() != checked || record instanceof JsonNode) {
      check(record);
    }
    walk.reset();
    sink.beginRecord(position);
    walk.value(record);
    sink.endRecord();
  }

  private void check(Object record) {
    boolean tree = record instanceof JsonNode;
    boolean object = tree ? ((JsonNode) record).isObject() : record instanceof Map;
    if (!object && (tree || !sentByProperty(record.getClass()))) {
      throw Writers.unsupported("A " + record.getClass().getName() + " is no record");
    }
    checked = record.getClass();
  }

  private boolean sentByProperty(Class<?> type) {
    return writers.of(type) instanceof BeanWriter;
  }

  /** Sends the next row of a batch. */
  void row(ArrowRows batch, long position) {
    walk.reset();
    sink.beginRecord(position);
    batch.next(walk);
    sink.endRecord();
  }
}
