package dev.firn.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is laid over a pipeline's file.
 *
 * @param profile the profile to use; empty: the variable {@code FIRN_PROFILE}, else the default of
 *     {@code profiles.yaml}, else none
 * @param envFile a file of {@code NAME=value} lines, below the environment itself
 * @param overrides assignments {@code catalogs.lake.uri=value}; they win over everything
 * @param environment the variables that templates and {@code FIRN__...} are taken from
 * @param userHome where {@code .firn/config.yaml} of the user is; empty: it is not read
 */
public record Settings(
    Optional<String> profile,
    Optional<Path> envFile,
    List<String> overrides,
    Map<String, String> environment,
    Optional<Path> userHome) {
  /** Nothing but the file. */
  public static final Settings NONE =
      new Settings(Optional.empty(), Optional.empty(), List.of(), Map.of(), Optional.empty());

  public Settings {
    overrides = List.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /** The environment and home folder of this process. */
  public static Settings ofProcess() {
    return new Settings(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        System.getenv(),
        Optional.of(Path.of(System.getProperty("user.home"))));
  }

  public Settings withProfile(String name) {
    return new Settings(Optional.of(name), envFile, overrides, environment, userHome);
  }

  public Settings withEnvFile(Path file) {
    return new Settings(profile, Optional.of(file), overrides, environment, userHome);
  }

  public Settings withOverrides(List<String> assignments) {
    return new Settings(profile, envFile, assignments, environment, userHome);
  }
}
