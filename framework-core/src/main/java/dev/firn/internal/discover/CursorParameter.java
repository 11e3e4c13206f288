package dev.firn.internal.discover;

import static dev.firn.source.IncrementalSpec.NOW;

import dev.firn.internal.extract.CursorType;
import dev.firn.source.Cursor;
import dev.firn.source.Incremental;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.PartitionWindow;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one parameter that a resource's method may have.
 *
 * @param type the class of the cursor's values, where there is a cursor
 */
record CursorParameter(Optional<Class<?>> type, Optional<IncrementalSpec> spec) {
  private static final CursorParameter NONE =
      new CursorParameter(Optional.empty(), Optional.empty());

  static CursorParameter of(Method method, String where, Mistakes mistakes) {
    Parameter[] parameters =
        Stream.of(method.getParameters())
            .filter(each -> each.getType() != PartitionWindow.class)
            .toArray(Parameter[]::new);
    if (parameters.length == 0) {
      return NONE;
    }
    Parameter only = parameters[0];
    Incremental incremental = only.getAnnotation(Incremental.class);
    if (parameters.length > 1 || only.getType() != Cursor.class) {
      mistakes.add(
          where + "its method takes more than an @Incremental Cursor or a PartitionWindow.");
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
    IncrementalSpec spec = spec(incremental, type, where, mistakes);
    check(type, spec, where, mistakes);
    return new CursorParameter(Optional.of(type.type()), Optional.of(spec));
  }

  private static IncrementalSpec spec(
      Incremental said, CursorType<?> type, String where, Mistakes mistakes) {
    return new IncrementalSpec(
        said.cursor(),
        type.column(),
        text(said.initial()),
        text(said.end()),
        text(said.until()),
        text(said.lag()),
        said.lastValue(),
        said.rangeStart(),
        said.rangeEnd(),
        said.rowOrder(),
        said.onMissing(),
        List.of(said.uniqueBy()),
        said.deduplicate(),
        order(said.order(), where, mistakes));
  }

  private static Optional<Comparator<String>> order(
      Class<? extends Comparator<String>> said, String where, Mistakes mistakes) {
    if (said == Incremental.NaturalOrder.class) {
      return Optional.empty();
    }
    try {
      Constructor<? extends Comparator<String>> made = said.getDeclaredConstructor();
      made.setAccessible(true);
      return Optional.of(made.newInstance());
    } catch (ReflectiveOperationException | RuntimeException e) {
      mistakes.add(
          where
              + "the order "
              + said.getName()
              + " cannot be made. Give it a constructor without parameters.");
      return Optional.empty();
    }
  }

  static String unsuitable(Type type) {
    return "its cursor cannot be of %s. Use one of %s."
        .formatted(type.getTypeName(), CursorType.names());
  }

  /** Checks that values and lag are of the cursor's type. */
  static void check(CursorType<?> type, IncrementalSpec spec, String where, Mistakes mistakes) {
    value("initial: ", spec.initial(), type, where, mistakes);
    value("end: ", spec.end(), type, where, mistakes);
    value("until: ", spec.until().filter(text -> !text.equals(NOW)), type, where, mistakes);
    spec.lag().ifPresent(text -> mistakes.passes(where + "lag: ", () -> type.checkLag(text)));
  }

  private static void value(
      String what, Optional<String> text, CursorType<?> type, String where, Mistakes mistakes) {
    text.ifPresent(given -> mistakes.passes(where + what, () -> type.checkValue(given)));
  }

  private static Optional<String> text(String written) {
    return written.isEmpty() ? Optional.empty() : Optional.of(written);
  }
}
