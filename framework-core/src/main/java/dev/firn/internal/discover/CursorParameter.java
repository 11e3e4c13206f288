package dev.firn.internal.discover;

import dev.firn.internal.extract.CursorType;
import dev.firn.source.Cursor;
import dev.firn.source.Incremental;
import dev.firn.source.IncrementalSpec;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * The one parameter that a resource's method may have.
 *
 * @param type the class of the cursor's values, where there is a cursor
 */
record CursorParameter(Optional<Class<?>> type, Optional<IncrementalSpec> spec) {
  private static final CursorParameter NONE =
      new CursorParameter(Optional.empty(), Optional.empty());

  static CursorParameter of(Method method, String where, Mistakes mistakes) {
    Parameter[] parameters = method.getParameters();
    if (parameters.length == 0) {
      return NONE;
    }
    Parameter only = parameters[0];
    Incremental incremental = only.getAnnotation(Incremental.class);
    if (parameters.length > 1 || only.getType() != Cursor.class) {
      mistakes.add(where + "its method takes more than an @Incremental Cursor.");
    } else if (incremental == null) {
      mistakes.add(where + "its Cursor has no @Incremental.");
    } else {
      return of(only.getParameterizedType(), incremental, where, mistakes);
    }
    return NONE;
  }

  private static CursorParameter of(
      Type parameter, Incremental incremental, String where, Mistakes mistakes) {
    Type value =
        parameter instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : Object.class;
    Optional<CursorType<?>> known =
        value instanceof Class<?> type ? CursorType.find(type) : Optional.empty();
    if (known.isEmpty()) {
      mistakes.add(where + unsuitable(value));
      return NONE;
    }
    CursorType<?> type = known.get();
    IncrementalSpec spec =
        new IncrementalSpec(
            incremental.cursor(),
            type.column(),
            text(incremental.initial()),
            text(incremental.lag()),
            incremental.onMissing());
    check(type, spec, where, mistakes);
    return new CursorParameter(Optional.of(type.type()), Optional.of(spec));
  }

  static String unsuitable(Type type) {
    return "its cursor cannot be of %s. Use one of %s."
        .formatted(type.getTypeName(), CursorType.names());
  }

  /** Checks that values and lag are of the cursor's type. */
  static void check(CursorType<?> type, IncrementalSpec spec, String where, Mistakes mistakes) {
    spec.initial()
        .ifPresent(text -> mistakes.passes(where + "initial: ", () -> type.checkValue(text)));
    spec.lag().ifPresent(text -> mistakes.passes(where + "lag: ", () -> type.checkLag(text)));
  }

  private static Optional<String> text(String written) {
    return written.isEmpty() ? Optional.empty() : Optional.of(written);
  }
}
