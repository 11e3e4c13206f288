package dev.firn.internal.extract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Key;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Knows how the values of each class are sent; looked up once per class. Belongs to one thread. */
public final class Writers {
  private static final int MOST_KEYS = 10_000;

  private final Map<String, Key> keys = new HashMap<>();
  private final ClassValue<ValueWriter> known =
      new ClassValue<>() {
        @Override
        protected ValueWriter computeValue(Class<?> type) {
          return make(type);
        }
      };

  /**
   * The writer of a class's values.
   *
   * @throws FirnException {@code INVALID_SOURCE} for a class that is neither a value nor has
   *     properties
   */
  ValueWriter of(Class<?> type) {
    return known.get(type);
  }

  private ValueWriter make(Class<?> type) {
    Optional<ValueWriter> scalar = Scalars.find(type);
    if (scalar.isPresent()) {
      return scalar.get();
    } else if (JsonNode.class.isAssignableFrom(type)) {
      return (value, walk) -> JsonWriter.write((JsonNode) value, walk, this);
    } else if (Map.class.isAssignableFrom(type)) {
      return (value, walk) -> Containers.map((Map<?, ?>) value, walk, this);
    }
    return Containers.find(type).orElseGet(() -> bean(type));
  }

  private static ValueWriter bean(Class<?> type) {
    if (!isBean(type)) {
      throw unsupported(type.getName() + " is neither a value nor has properties");
    }
    return BeanWriter.of(type);
  }

  /** A key made once for each name, as long as there are not too many; null beyond. */
  @org.jspecify.annotations.Nullable
  Key key(String name) {
    Key key = keys.get(name);
    if (key == null && keys.size() < MOST_KEYS) {
      key = Key.of(name);
      keys.put(name, key);
    }
    return key;
  }

  /** What is wrong with a declared type of values; nothing when values may be of it. */
  public static Optional<String> problem(Class<?> type) {
    boolean fine = sentWhole(type) || open(type) || isBean(type);
    return fine ? Optional.empty() : Optional.of("a " + type.getTypeName());
  }

  /** Whether the values of a declared type are of other classes, known only when they come. */
  private static boolean open(Class<?> type) {
    boolean general = type.isInterface() || Modifier.isAbstract(type.getModifiers());
    boolean ours = general && !type.isPrimitive() && !ofPlatform(type);
    return ours
        || type == Object.class
        || type == Number.class
        || type == Comparable.class
        || type == Serializable.class;
  }

  /** Whether values of this class are sent property by property. */
  public static boolean isBean(Class<?> type) {
    return !ofPlatform(type)
        && !Modifier.isAbstract(type.getModifiers())
        && !sentWhole(type)
        && !Properties.of(type).isEmpty();
  }

  private static boolean sentWhole(Class<?> type) {
    return Scalars.find(type).isPresent()
        || Containers.find(type).isPresent()
        || Map.class.isAssignableFrom(type)
        || JsonNode.class.isAssignableFrom(type);
  }

  /** Whether values of this class can be whole records, apart from maps and JSON. */
  public static boolean isRecord(Class<?> type) {
    return !sentWhole(type) && (isBean(type) || open(type));
  }

  private static boolean ofPlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  static FirnException unsupported(String what) {
    return new FirnException(
        ErrorCode.INVALID_SOURCE,
        what + ".",
        "Return records, beans with getters, maps with text keys, Jackson objects or Arrow batches;"
            + " numbers, text, times, lists and the like in them.");
  }
}
