package dev.firn.internal.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Builds a JSON tree of a record's events; types that JSON lacks are refused. */
final class TreeSink implements RecordSink {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Deque<JsonNode> open = new ArrayDeque<>();
  private final Deque<String> keys = new ArrayDeque<>();
  private JsonNode root = NODES.missingNode();

  JsonNode tree() {
    return root;
  }

  private void add(JsonNode node) {
    if (open.isEmpty()) {
      root = node;
    } else if (open.peek() instanceof ObjectNode object) {
      object.set(keys.pop(), node);
    } else {
      ((ArrayNode) open.element()).add(node);
    }
  }

  private void enter(JsonNode container) {
    add(container);
    open.push(container);
  }

  @Override
  public void beginRecord(long position) {
    root = NODES.missingNode();
  }

  @Override
  public void endRecord() {}

  @Override
  public void reject(FirnException reason) {
    throw reason;
  }

  @Override
  public void beginObject() {
    enter(NODES.objectNode());
  }

  @Override
  public void endObject() {
    open.pop();
  }

  @Override
  public void beginList() {
    enter(NODES.arrayNode());
  }

  @Override
  public void endList() {
    open.pop();
  }

  @Override
  public void key(byte[] utf8, int from, int to) {
    keys.push(new String(utf8, from, to - from, StandardCharsets.UTF_8));
  }

  @Override
  public void key(Key key) {
    keys.push(key.toString());
  }

  @Override
  public void nothing() {
    add(NODES.nullNode());
  }

  @Override
  public void bool(boolean value) {
    add(NODES.booleanNode(value));
  }

  @Override
  public void integer(long value) {
    boolean small = value == (int) value;
    add(small ? NODES.numberNode((int) value) : NODES.numberNode(value));
  }

  @Override
  public void real(double value) {
    add(NODES.numberNode(value));
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    add(
        NODES.numberNode(
            new BigInteger(new String(ascii, from, to - from, StandardCharsets.US_ASCII))));
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    add(NODES.textNode(new String(utf8, from, to - from, StandardCharsets.UTF_8)));
  }

  @Override
  public void decimal(BigDecimal value) {
    throw new AssertionError(value);
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    throw new AssertionError("cell");
  }

  @Override
  public void text(String value) {
    throw new AssertionError(value);
  }

  @Override
  public void timestamp(long micros) {
    throw new AssertionError(micros);
  }

  @Override
  public void timestampNtz(long micros) {
    throw new AssertionError(micros);
  }

  @Override
  public void date(int days) {
    throw new AssertionError(days);
  }

  @Override
  public void time(long micros) {
    throw new AssertionError(micros);
  }

  @Override
  public void binary(byte[] bytes) {
    throw new AssertionError("binary");
  }

  @Override
  public void uuid(UUID value) {
    throw new AssertionError(value);
  }

  @Override
  public void padded() {
    throw new AssertionError("padded");
  }
}
