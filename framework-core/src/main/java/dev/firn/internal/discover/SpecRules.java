package dev.firn.internal.discover;

import dev.firn.load.WriteDisposition;
import dev.firn.source.ResourceSpec;
import java.util.Optional;

/** What must hold in every resource, wherever its parts were written. */
public final class SpecRules {
  private SpecRules() {}

  /** What is wrong, if anything. */
  public static Optional<String> problem(ResourceSpec spec) {
    if (spec.name().isBlank()) {
      return Optional.of("It has no name.");
    } else if (spec.disposition() == WriteDisposition.MERGE && spec.key().isEmpty()) {
      return Optional.of("A merge needs a primary key.");
    } else if (spec.key().stream().anyMatch(String::isBlank)) {
      return Optional.of("A key column has no name.");
    }
    return Optional.empty();
  }
}
