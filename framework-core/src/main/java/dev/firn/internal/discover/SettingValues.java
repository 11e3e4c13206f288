package dev.firn.internal.discover;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.time.Durations;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the values of setting fields from YAML. */
final class SettingValues {
  private static final Map<Class<?>, Kind> KINDS =
      Map.ofEntries(
          Map.entry(String.class, new Kind("text", (text, folder) -> text)),
          Map.entry(int.class, new Kind("whole number", (text, folder) -> Integer.valueOf(text))),
          Map.entry(
              Integer.class, new Kind("whole number", (text, folder) -> Integer.valueOf(text))),
          Map.entry(long.class, new Kind("whole number", (text, folder) -> Long.valueOf(text))),
          Map.entry(Long.class, new Kind("whole number", (text, folder) -> Long.valueOf(text))),
          Map.entry(double.class, new Kind("number", (text, folder) -> Double.valueOf(text))),
          Map.entry(Double.class, new Kind("number", (text, folder) -> Double.valueOf(text))),
          Map.entry(boolean.class, new Kind("boolean", (text, folder) -> truth(text))),
          Map.entry(Boolean.class, new Kind("boolean", (text, folder) -> truth(text))),
          Map.entry(Duration.class, new Kind("duration", (text, folder) -> duration(text))),
          Map.entry(URI.class, new Kind("URI", (text, folder) -> URI.create(text))),
          Map.entry(Path.class, new Kind("path", (text, folder) -> folder.resolve(text))));

  private record Kind(String word, BiFunction<String, Path, Object> reader) {}

  private SettingValues() {}

  /** What values of the field say, in words; nothing when no setting can be of its type. */
  static Optional<String> word(Field field) {
    Class<?> type = field.getType();
    if (type.isEnum()) {
      return Optional.of(words(type));
    } else if (textList(field)) {
      return Optional.of("list of text");
    }
    return Optional.ofNullable(KINDS.get(type)).map(Kind::word);
  }

  private static boolean textList(Field field) {
    return field.getType() == List.class
        && field.getGenericType() instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] == String.class;
  }

  /** What can be a setting, for messages. */
  static String known() {
    Stream<String> words = KINDS.values().stream().map(Kind::word).distinct().sorted();
    return words.collect(Collectors.joining(", ")) + ", enum, list of text";
  }

  /**
   * The field's value as YAML gives it.
   *
   * @throws FirnException {@code INVALID_SOURCE} when it says something else
   */
  static Object read(Field field, JsonNode value, Path folder) {
    if (textList(field)) {
      return texts(value);
    } else if (value.isContainerNode() || value.isNull()) {
      throw unsuitable(value.toString(), field);
    }
    return read(field, value.asText(), folder);
  }

  /**
   * The field's value as text.
   *
   * @throws FirnException {@code INVALID_SOURCE} when it says something else
   */
  static Object read(Field field, String text, Path folder) {
    Class<?> type = field.getType();
    if (textList(field)) {
      return Stream.of(text.split(",", -1)).map(String::strip).toList();
    }
    try {
      Kind kind = KINDS.get(type);
      return kind == null ? constant(type, text) : kind.reader().apply(text, folder);
    } catch (IllegalArgumentException unreadable) {
      throw unsuitable(text, field);
    }
  }

  private static FirnException unsuitable(String text, Field field) {
    return new FirnException(
        ErrorCode.INVALID_SOURCE, "'" + text + "' is no " + word(field).orElse("value") + ".", "");
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> texts.add(each.asText()));
    } else {
      texts.add(value.asText());
    }
    return List.copyOf(texts);
  }

  private static Object constant(Class<?> type, String text) {
    String plain = text.strip().replace('-', '_');
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(plain)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(text);
  }

  private static String words(Class<?> type) {
    return Stream.of(type.getEnumConstants())
        .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(" | "));
  }

  private static Boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }

  private static Duration duration(String text) {
    return Durations.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }
}
