package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Key;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.BaseStream;

/** Lists, maps and optional values. */
final class Containers {
  private Containers() {}

  /** The writer of a class of lists or optional values. */
  static Optional<ValueWriter> find(Class<?> type) {
    if (Iterable.class.isAssignableFrom(type)) {
      return Optional.of((value, walk) -> list(((Iterable<?>) value).iterator(), walk));
    } else if (Iterator.class.isAssignableFrom(type)) {
      return Optional.of((value, walk) -> list((Iterator<?>) value, walk));
    } else if (BaseStream.class.isAssignableFrom(type)) {
      return Optional.of(Containers::stream);
    } else if (type.isArray()) {
      return Optional.of(Containers::array);
    }
    return optional(type);
  }

  private static Optional<ValueWriter> optional(Class<?> type) {
    if (type == Optional.class) {
      return Optional.of((value, walk) -> walk.value(((Optional<?>) value).orElse(null)));
    } else if (type == OptionalInt.class) {
      return Optional.of(
          (value, walk) -> {
            OptionalInt number = (OptionalInt) value;
            walk.value(number.isPresent() ? number.getAsInt() : null);
          });
    } else if (type == OptionalLong.class) {
      return Optional.of(
          (value, walk) -> {
            OptionalLong number = (OptionalLong) value;
            walk.value(number.isPresent() ? number.getAsLong() : null);
          });
    } else if (type == OptionalDouble.class) {
      return Optional.of(
          (value, walk) -> {
            OptionalDouble number = (OptionalDouble) value;
            walk.value(number.isPresent() ? number.getAsDouble() : null);
          });
    }
    return Optional.empty();
  }

  private static void list(Iterator<?> values, Walk walk) {
    boolean before = walk.enterList();
    walk.sink.beginList();
    while (values.hasNext()) {
      walk.value(values.next());
    }
    walk.sink.endList();
    walk.leave(before);
  }

  private static void stream(Object value, Walk walk) {
    try (BaseStream<?, ?> stream = (BaseStream<?, ?>) value) {
      list(stream.iterator(), walk);
    }
  }

  private static void array(Object array, Walk walk) {
    boolean before = walk.enterList();
    walk.sink.beginList();
    int length = Array.getLength(array);
    for (int i = 0; i < length; i++) {
      walk.value(Array.get(array, i));
    }
    walk.sink.endList();
    walk.leave(before);
  }

  static void map(Map<?, ?> map, Walk walk, Writers writers) {
    boolean before = walk.enter(false);
    walk.sink.beginObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      key(name(entry.getKey()), walk, writers);
      walk.value(entry.getValue());
    }
    walk.sink.endObject();
    walk.leave(before);
  }

  /** Sends a key that comes as text. */
  static void key(String name, Walk walk, Writers writers) {
    Key key = writers.key(name);
    if (key != null) {
      walk.sink.key(key);
    } else {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      walk.sink.key(utf8, 0, utf8.length);
    }
  }

  private static String name(Object key) {
    if (key instanceof Enum<?> constant) {
      return constant.name();
    } else if (key instanceof CharSequence || key instanceof Number || key instanceof UUID) {
      return key.toString();
    }
    throw new FirnException(
        ErrorCode.MALFORMED_DATA,
        "A map has the key " + key + ", which is no text.",
        "Use text, numbers, enums or UUIDs as keys.");
  }
}
