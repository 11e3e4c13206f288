package dev.firn.internal.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends the JSON text of a record as the events that it was made of. */
final class PayloadEvents {
  private PayloadEvents() {}

  /**
   * Sends one value.
   *
   * @throws FirnException {@code MALFORMED_DATA} when the text is not JSON
   */
  static void send(String payload, RecordSink sink) {
    try (JsonParser parser = QuarantineRow.ANY_LENGTH.createParser(payload)) {
      int depth = 0;
      do {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw noJson();
        }
        send(parser, token, sink);
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      } while (depth > 0);
    } catch (JsonProcessingException e) {
      throw noJson();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string has no input to fail
    }
  }

  private static void send(JsonParser parser, JsonToken token, RecordSink sink) throws IOException {
    switch (token) {
      case START_OBJECT -> sink.beginObject();
      case END_OBJECT -> sink.endObject();
      case START_ARRAY -> sink.beginList();
      case END_ARRAY -> sink.endList();
      case FIELD_NAME -> {
        byte[] key = parser.currentName().getBytes(UTF_8);
        sink.key(key, 0, key.length);
      }
      case VALUE_STRING -> {
        byte[] text = parser.getText().getBytes(UTF_8);
        sink.string(text, 0, text.length);
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        byte[] number = parser.getText().getBytes(UTF_8);
        sink.number(number, 0, number.length);
      }
      case VALUE_TRUE -> sink.bool(true);
      case VALUE_FALSE -> sink.bool(false);
      case VALUE_NULL -> sink.nothing();
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException(token.name());
    }
  }

  private static FirnException noJson() {
    return new FirnException(
        ErrorCode.MALFORMED_DATA,
        "The payload is no JSON value.",
        "Load the record from a corrected source.");
  }
}
