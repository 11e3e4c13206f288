package dev.firn.internal.discover;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.internal.extract.Properties;
import dev.firn.internal.extract.Properties.Property;
import dev.firn.internal.extract.Sequences;
import dev.firn.internal.extract.Writers;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What a method says that it returns, checked as far as Java knows it before the first record. */
final class ReturnTypes {
  private final String where;
  private final Mistakes mistakes;
  private final Set<Class<?>> seen = new HashSet<>();

  private ReturnTypes(String where, Mistakes mistakes) {
    this.where = where;
    this.mistakes = mistakes;
  }

  static void check(Method method, String where, Mistakes mistakes) {
    Class<?> type = method.getReturnType();
    if (type == void.class) {
      mistakes.add(where + "its method returns nothing.");
    } else if (type != Object.class && !Sequences.opens(type)) {
      mistakes.add(
          where
              + "its method returns a "
              + type.getName()
              + ". Return a Stream, Iterable, Iterator, Optional or array of records.");
    } else {
      new ReturnTypes(where, mistakes).records(element(method.getGenericReturnType()));
    }
  }

  /** The type of the elements, as far as it is written. */
  private static Type element(Type sequence) {
    if (sequence instanceof ParameterizedType p && p.getActualTypeArguments().length == 1) {
      return p.getActualTypeArguments()[0];
    } else if (sequence instanceof GenericArrayType array) {
      return array.getGenericComponentType();
    } else if (sequence instanceof Class<?> type && type.isArray()) {
      return type.getComponentType();
    }
    return Object.class;
  }

  private void records(Type type) {
    Class<?> raw = raw(type);
    boolean known =
        raw == Object.class
            || raw.isInterface()
            || Map.class.isAssignableFrom(raw)
            || JsonNode.class.isAssignableFrom(raw)
            || VectorSchemaRoot.class.isAssignableFrom(raw);
    if (known && !Sequences.opens(raw)) {
      value(type, "", "");
    } else if (!known && Writers.isRecord(raw)) {
      value(type, "", "");
    } else if (raw != VectorSchemaRoot.class && !JsonNode.class.isAssignableFrom(raw)) {
      mistakes.add(where + "its records are " + raw.getTypeName() + ", which is no record.");
    }
  }

  /** Checks a type that values have, and what they consist of. */
  private void value(Type type, String owner, String property) {
    Class<?> raw = raw(type);
    if (!owner.isEmpty()) {
      Writers.problem(raw)
          .ifPresent(
              what ->
                  mistakes.add(
                      where + "property '" + property + "' of " + owner + " is " + what + "."));
    }
    if (type instanceof ParameterizedType p) {
      for (Type argument : p.getActualTypeArguments()) {
        value(argument, owner, property);
      }
    } else if (type instanceof GenericArrayType || raw.isArray()) {
      value(element(type), owner, property);
    }
    if (Writers.isBean(raw) && seen.add(raw)) {
      for (Property each : Properties.of(raw)) {
        value(each.generic(), raw.getName(), each.name());
      }
    }
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    } else if (type instanceof ParameterizedType p) {
      return raw(p.getRawType());
    } else if (type instanceof WildcardType w) {
      return raw(w.getUpperBounds()[0]);
    }
    return type instanceof GenericArrayType ? Object[].class : Object.class;
  }
}
