package dev.firn.internal.extract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.BaseStream;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What a resource's code returned, one element after the other. */
final class Elements {
  private final Object returned;
  private final Iterator<?> iterator;

  private Elements(Object returned, Iterator<?> iterator) {
    this.returned = returned;
    this.iterator = iterator;
  }

  /**
   * Opens what was returned.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_SOURCE} when it is no sequence
   */
  static Elements of(Object returned) {
    return new Elements(returned, iterator(returned));
  }

  private static Iterator<?> iterator(Object returned) {
    if (returned instanceof BaseStream<?, ?> stream) {
      return stream.iterator();
    } else if (returned instanceof VectorSchemaRoot) {
      return List.of(returned).iterator();
    } else if (returned instanceof JsonNode node && !node.isArray()) {
      return List.of(node).iterator(); // iterating an object would give its values
    } else if (returned instanceof Iterable<?> iterable) {
      return iterable.iterator();
    } else if (returned instanceof Iterator<?> all) {
      return all;
    } else if (returned instanceof Optional<?> optional) {
      return optional.stream().iterator();
    } else if (returned instanceof Object[] array) {
      return Arrays.asList(array).iterator();
    }
    throw Writers.unsupported(
        "It returned a " + returned.getClass().getName() + ", which is no sequence");
  }

  /** Whether values of this class are opened by {@link #of}. */
  static boolean opens(Class<?> type) {
    return BaseStream.class.isAssignableFrom(type)
        || Iterable.class.isAssignableFrom(type)
        || Iterator.class.isAssignableFrom(type)
        || type == Optional.class
        || type == VectorSchemaRoot.class
        || Object[].class.isAssignableFrom(type);
  }

  boolean hasNext() {
    return iterator.hasNext();
  }

  Object next() {
    return iterator.next();
  }

  /** Closes what was returned, as far as it can be closed. */
  void close() throws Exception {
    if (returned instanceof AutoCloseable closeable && !(returned instanceof VectorSchemaRoot)) {
      closeable.close();
    }
    if (iterator != returned && iterator instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
