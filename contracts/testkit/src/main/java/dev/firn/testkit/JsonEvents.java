package dev.firn.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Sends JSON text as a record's events, by Jackson's parser: slow, and surely right. */
final class JsonEvents {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonEvents() {}

  /**
   * Sends one value.
   *
   * @throws FirnException {@code MALFORMED_DATA} when the text is not exactly one JSON value; what
   *     was read before the mistake is sent already
   */
  static void send(String json, RecordSink sink) {
    try (JsonParser parser = JSON.createParser(json)) {
      int depth = 0;
      do {
        depth += send(parser, parser.nextToken(), sink);
      } while (depth > 0);
      if (parser.nextToken() != null) {
        throw malformed(json, null);
      }
    } catch (JsonProcessingException e) {
      throw malformed(json, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string has no input to fail
    }
  }

  private static int send(JsonParser parser, @Nullable JsonToken token, RecordSink sink)
      throws IOException {
    if (token == null) {
      throw malformed("", null);
    }
    switch (token) {
      case START_OBJECT -> sink.beginObject();
      case END_OBJECT -> sink.endObject();
      case START_ARRAY -> sink.beginList();
      case END_ARRAY -> sink.endList();
      case FIELD_NAME -> sendKey(parser.currentName(), sink);
      case VALUE_STRING -> sendString(parser.getText(), sink);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> sendNumber(parser.getText(), sink);
      case VALUE_TRUE -> sink.bool(true);
      case VALUE_FALSE -> sink.bool(false);
      case VALUE_NULL -> sink.nothing();
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException(token.name());
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  private static void sendKey(String key, RecordSink sink) {
    byte[] utf8 = key.getBytes(UTF_8);
    sink.key(utf8, 0, utf8.length);
  }

  private static void sendString(String text, RecordSink sink) {
    byte[] utf8 = text.getBytes(UTF_8);
    sink.string(utf8, 0, utf8.length);
  }

  private static void sendNumber(String text, RecordSink sink) {
    byte[] ascii = text.getBytes(UTF_8);
    sink.number(ascii, 0, ascii.length);
  }

  private static FirnException malformed(String json, @Nullable Exception cause) {
    String message = "This is no JSON value: " + json;
    String hint = "Correct the record.";
    return cause == null
        ? new FirnException(ErrorCode.MALFORMED_DATA, message, hint)
        : new FirnException(ErrorCode.MALFORMED_DATA, message, hint, cause);
  }
}
