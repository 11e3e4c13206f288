package dev.firn.iceberg.internal.io;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the jars of the class path and of {@code plugins/} offer. */
public final class Installed {
  private static final Logger log = LoggerFactory.getLogger(Installed.class);

  private Installed() {}

  /** All services of a type; one that cannot be made, as its jars are not whole, is left out. */
  public static <T> List<T> of(Class<T> service) {
    List<T> all = new ArrayList<>();
    Iterator<T> services = ServiceLoader.load(service).iterator();
    while (true) {
      try {
        if (!services.hasNext()) {
          return all;
        }
        all.add(services.next());
      } catch (ServiceConfigurationError e) {
        log.warn("A jar in plugins/ or on the class path is not whole: {}", e.getMessage());
      }
    }
  }

  /**
   * All services by their names, sorted.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} when two have the same name
   */
  public static <T> Map<String, T> byName(Class<T> service, Function<T, String> name) {
    Map<String, T> named = new TreeMap<>();
    for (T each : of(service)) {
      T other = named.put(name.apply(each), each);
      if (other != null) {
        throw new FirnException(
            ErrorCode.UNKNOWN_TYPE,
            "Two jars offer the type '%s': %s and %s."
                .formatted(name.apply(each), other.getClass().getName(), each.getClass().getName()),
            "Keep one of them in plugins/.");
      }
    }
    return named;
  }
}
