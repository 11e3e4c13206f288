package dev.firn.files.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.firn.error.FirnException;
import dev.firn.files.RecordingSink;
import dev.firn.source.RecordLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Jackson, fed with strictly decoded text, says what is JSON and what it means. */
class JsonTokenizerProperties {
  @Property(tries = 500)
  void readsWhatJacksonReads(@ForAll("documents") String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);

    assertThat(ours(bytes)).isEqualTo(jackson(bytes)).isPresent();
  }

  @Property(tries = 1000)
  void refusesWhatJacksonRefuses(
      @ForAll("documents") String document, @ForAll("damage") Damage damage) {
    byte[] bytes = damage.to(document.getBytes(StandardCharsets.UTF_8));

    assertThat(ours(bytes)).isEqualTo(jackson(bytes));
  }

  @Property(tries = 3000)
  void refusesWhatJacksonRefusesInAnyBytes(@ForAll("tokens") List<String> tokens) {
    byte[] bytes = String.join("", tokens).getBytes(StandardCharsets.UTF_8);

    assertThat(ours(bytes)).isEqualTo(jackson(bytes));
  }

  /** Something wrong with a document: bytes changed, lost or doubled. */
  record Damage(int kind, int place, byte value) {
    byte[] to(byte[] document) {
      int at = Math.floorMod(place, document.length);
      byte[] copy = document.clone();
      switch (Math.floorMod(kind, 3)) {
        case 0 -> copy[at] = value;
        case 1 -> copy = Arrays.copyOf(document, at);
        default -> {
          copy = Arrays.copyOf(document, document.length + 1);
          System.arraycopy(document, at, copy, at + 1, document.length - at);
          copy[at] = value;
        }
      }
      return copy;
    }
  }

  private static Optional<String> ours(byte[] bytes) {
    RecordingSink sink = new RecordingSink();
    try {
      byte[] line = Arrays.copyOf(bytes, bytes.length + Words.SPARE);
      JsonTokenizer tokenizer = new JsonTokenizer(RecordLimits.DEFAULT, false);
      sink.beginRecord(0);
      int end = tokenizer.blanks(line, tokenizer.value(line, 0, sink));
      if (end < bytes.length) {
        return Optional.empty();
      }
      sink.endRecord();
      return Optional.of(sink.records.get(0));
    } catch (Malformed | FirnException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> jackson(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    try {
      String decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (decoded.startsWith("\uFEFF")) {
        return Optional.empty();
      }
      try (JsonParser parser = new JsonFactory().createParser(decoded)) {
        int depth = 0;
        while (true) {
          JsonToken token = parser.nextToken();
          if (token == null) {
            return Optional.empty();
          }
          depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
          text.append(spelled(token, parser)).append(' ');
          if (depth == 0) {
            break;
          }
        }
        return parser.nextToken() == null ? Optional.of(text.toString().strip()) : Optional.empty();
      }
    } catch (CharacterCodingException | LoneSurrogate e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String spelled(JsonToken token, JsonParser parser) throws IOException {
    String text = parser.getText();
    if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        throw new LoneSurrogate();
      }
      return RecordingSink.quoted(text) + (token == JsonToken.FIELD_NAME ? ":" : "");
    }
    return text;
  }

  private static final class LoneSurrogate extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "\"",
            "\"a\"",
            "\"\\u00e9\"",
            "\\",
            "\\u",
            "d83d",
            "\"\\ud83d\"",
            "\"\\ud83d\\ude00\"",
            "0",
            "-",
            "1",
            "12",
            ".",
            "e",
            "E",
            "+",
            "true",
            "false",
            "null",
            "tru",
            "é",
            "😀",
            "\u0000",
            "\t",
            "1.5",
            "-0",
            "1e5")
        .list()
        .ofMinSize(1)
        .ofMaxSize(9);
  }

  @Provide
  Arbitrary<Damage> damage() {
    return net.jqwik.api.Combinators.combine(
            Arbitraries.integers(), Arbitraries.integers(), Arbitraries.bytes())
        .as(Damage::new);
  }

  @Provide
  Arbitrary<String> documents() {
    return Arbitraries.lazyOf(this::leaf, this::leaf, this::object, this::list)
        .flatMap(value -> blanks().map(blank -> blank + value + blank));
  }

  private Arbitrary<String> leaf() {
    return Arbitraries.oneOf(
        Arbitraries.of("true", "false", "null", "0", "-0", "1e400", "-1.5E-7", "1.50"),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.bigIntegers().map(String::valueOf),
        Arbitraries.doubles().map(d -> Double.toString(d)),
        string());
  }

  private Arbitrary<String> string() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .withCharRange(' ', '~')
                .ofMaxLength(20)
                .map(s -> s.replace("\\", "").replace("\"", "")),
            Arbitraries.of("é", "漢字", "😀", "\u007f", "\u0800", "\uffff", "\ue000"),
            Arbitraries.of("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"),
            Arbitraries.of("\\u0000", "\\u00e9", "\\u6F22", "\\ud83d\\ude00", "\\uFFFF"));
    return part.list().ofMaxSize(5).map(parts -> '"' + String.join("", parts) + '"');
  }

  private Arbitrary<String> object() {
    return net.jqwik.api.Combinators.combine(string(), blanks(), documents())
        .as((key, blank, value) -> key + blank + ":" + value)
        .list()
        .uniqueElements(entry -> entry.substring(0, entry.indexOf(':')))
        .ofMaxSize(3)
        .map(entries -> "{" + String.join(",", entries) + "}");
  }

  private Arbitrary<String> list() {
    return documents().list().ofMaxSize(3).map(values -> "[" + String.join(",", values) + "]");
  }

  private Arbitrary<String> blanks() {
    return Arbitraries.of("", "", "", " ", "\n", "\r\n\t ");
  }
}
