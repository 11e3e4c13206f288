package dev.firn.pipeline;

import dev.firn.error.Redactor;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline that was read from files.
 *
 * @param values every setting with its origin, defaults included, in the order of the file
 * @param redactor knows every secret that was read on the way
 * @param profile the profile that was used
 */
public record LoadedPipeline(
    PipelineSpec spec, List<ConfigValue> values, Redactor redactor, Optional<String> profile) {
  public LoadedPipeline {
    values = List.copyOf(values);
  }
}
