package dev.firn.internal.discover;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Cursor;
import dev.firn.source.CursorRange;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.PartitionWindow;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One method that brings records.
 *
 * @param cursor the class of its cursor's values, where it takes a cursor
 */
record ResourceMethod(ResourceSpec spec, Method method, Optional<Class<?>> cursor) {
  String name() {
    return spec.name();
  }

  /** Calls the method on a source; what it throws is thrown as it is. */
  @Nullable Object call(Object source, IncrementalSpec incremental, ReadRequest request)
      throws Exception {
    List<Object> arguments = new ArrayList<>();
    for (Class<?> parameter : method.getParameterTypes()) {
      arguments.add(
          parameter == PartitionWindow.class
              ? window(request)
              : Cursor.of(
                  cursor.orElseThrow(),
                  request.range().orElseGet(() -> CursorRange.everything(incremental))));
    }
    return call(source, arguments.toArray());
  }

  private PartitionWindow window(ReadRequest request) {
    return request
        .window()
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_SOURCE,
                    "Resource '" + name() + "': its code takes a PartitionWindow.",
                    "Say which windows there are: @Partitioned, or 'partitions' in YAML."));
  }

  private @Nullable Object call(Object source, Object... arguments) throws Exception {
    method.setAccessible(true);
    try {
      return method.invoke(source, arguments);
    } catch (InvocationTargetException wrapped) {
      if (wrapped.getCause() instanceof Exception thrown) {
        throw thrown;
      } else if (wrapped.getCause() instanceof Error error) {
        throw error;
      }
      throw wrapped;
    }
  }
}
