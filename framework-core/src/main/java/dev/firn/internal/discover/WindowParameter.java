package dev.firn.internal.discover;

import dev.firn.source.PartitionWindow;
import dev.firn.source.Partitioned;
import dev.firn.source.PartitionsSpec;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parameter of a resource's method that says which window of time it is to bring. */
final class WindowParameter {
  private WindowParameter() {}

  private static boolean isOn(Method method) {
    return Arrays.asList(method.getParameterTypes()).contains(PartitionWindow.class);
  }

  /** The windows that the method's annotation says. */
  static Optional<PartitionsSpec> partitions(Method method, String where, Mistakes mistakes) {
    Partitioned said = method.getAnnotation(Partitioned.class);
    if (said == null && isOn(method)) {
      mistakes.add(where + "its method takes a PartitionWindow, but it is not @Partitioned.");
    }
    if (said == null) {
      return Optional.empty();
    }
    List<PartitionsSpec> read = new ArrayList<>();
    mistakes.passes(
        where,
        () ->
            read.add(
                PartitionsSpec.parse(said.every(), said.start(), said.timezone(), said.lag())));
    return read.stream().findFirst();
  }
}
