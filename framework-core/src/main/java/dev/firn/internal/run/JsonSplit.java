package dev.firn.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.source.RecordSink;
import dev.firn.source.Split;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One record, sent as a line of JSON would be.
 *
 * @param ordinal its place among others, from 1; 0: there are no others
 */
record JsonSplit(JsonNode record, long ordinal) implements Split {
  JsonSplit(JsonNode record) {
    this(record, 0);
  }

  @Override
  public String group() {
    return "row";
  }

  @Override
  public long bytes() {
    return 1;
  }

  @Override
  public String place(long position) {
    return ordinal == 0 ? "the row" : "row " + ordinal;
  }

  @Override
  public void read(RecordSink sink) {
    sink.beginRecord(0);
    send(record, sink);
    sink.endRecord();
  }

  private static void send(JsonNode node, RecordSink sink) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node, sink);
      case ARRAY -> {
        sink.beginList();
        node.forEach(item -> send(item, sink));
        sink.endList();
      }
      case BOOLEAN -> sink.bool(node.booleanValue());
      case NUMBER -> {
        byte[] digits = node.asText().getBytes(StandardCharsets.US_ASCII);
        sink.number(digits, 0, digits.length);
      }
      case STRING, BINARY, POJO -> {
        byte[] text = node.asText().getBytes(StandardCharsets.UTF_8);
        sink.string(text, 0, text.length);
      }
      case NULL, MISSING -> sink.nothing();
    }
  }

  private static void object(JsonNode node, RecordSink sink) {
    sink.beginObject();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      byte[] key = field.getKey().getBytes(StandardCharsets.UTF_8);
      sink.key(key, 0, key.length);
      send(field.getValue(), sink);
    }
    sink.endObject();
  }
}
