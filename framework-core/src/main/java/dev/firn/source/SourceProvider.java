package dev.firn.source;

import java.nio.file.Path;
import java.util.Set;

/** Makes sources of one type; found by {@link java.util.ServiceLoader}. */
public interface SourceProvider {
  /** The value of {@code type} in YAML. */
  String type();

  /** The keys of a source of this type beside those that every source has. */
  Set<String> sourceKeys();

  /** The keys of a resource of this type beside those that every resource has. */
  Set<String> resourceKeys();

  /**
   * Prepares the source; reads nothing yet.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} or {@code INVALID_SOURCE}, with all
   *     problems together
   */
  OpenSource open(SourceSpec spec, Context context);

  /**
   * What every source may know.
   *
   * @param folder where {@code pipeline.yaml} is; relative paths start here
   * @param classLoader sees the jars of {@code plugins/}
   * @param limits bounds that a source which takes records apart itself has to keep
   */
  record Context(Path folder, ClassLoader classLoader, RecordLimits limits) {
    /** With the default limits. */
    public Context(Path folder, ClassLoader classLoader) {
      this(folder, classLoader, RecordLimits.DEFAULT);
    }
  }
}
