package dev.firn.source;

import dev.firn.internal.discover.AnnotatedSource;
import java.util.List;
import java.util.Optional;

/**
 * What a source in Java says of itself, whether it is an annotated class or was built.
 *
 * @param settings what it takes from {@code settings} in YAML, in the order of its fields
 * @param resources what it offers, before YAML has its say, in the order of their names
 */
public record SourceModel(
    String name, String description, List<SettingModel> settings, List<ResourceSpec> resources) {
  public SourceModel {
    settings = List.copyOf(settings);
    resources = List.copyOf(resources);
  }

  /**
   * One value that a source takes.
   *
   * @param name the key in YAML
   * @param type what its text says, in words such as {@code duration}
   */
  public record SettingModel(
      String name, String type, Optional<String> defaultValue, boolean required, boolean secret) {}

  /**
   * Reads the annotations of a class.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_SOURCE}, listing every mistake
   */
  public static SourceModel of(Class<?> annotated) {
    return AnnotatedSource.of(annotated).model();
  }

  /** The resource of this name. */
  public Optional<ResourceSpec> resource(String resourceName) {
    return resources.stream().filter(each -> each.name().equals(resourceName)).findFirst();
  }
}
