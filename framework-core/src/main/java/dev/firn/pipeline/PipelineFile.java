package dev.firn.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.internal.plugin.Providers;
import dev.firn.internal.yaml.PipelineReader;
import dev.firn.internal.yaml.PipelineSchema;
import dev.firn.internal.yaml.SpecWriter;
import java.nio.file.Path;

/** A pipeline written as YAML. */
public final class PipelineFile {
  /** The name of the file when nobody gives another. */
  public static final String NAME = "pipeline.yaml";

  private PipelineFile() {}

  /**
   * Reads a pipeline and all that is laid over it: defaults, {@code ~/.firn/config.yaml}, the file,
   * the profile, the environment file, {@code FIRN__...} variables and the overrides, later ones
   * winning. No data is read and nothing is connected to.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} with every problem of all files,
   *     each at its {@code file:line:column}; {@code UNREADABLE_PATH} when the file is missing
   */
  public static LoadedPipeline read(Path file, Settings settings) {
    return PipelineReader.read(file, settings);
  }

  /**
   * The project that a folder without a pipeline's file is: the embedded catalog, no sources, and
   * every other layer of {@link #read} over it. {@code firn load} works in one.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} with every problem of all layers
   */
  public static LoadedPipeline implied(Path folder, Settings settings) {
    return PipelineReader.implied(folder, settings);
  }

  /**
   * One YAML file that means the same as a pipeline with all that is laid over it: layers merged,
   * variables filled in, defaults left out. {@code ${env:..}}, {@code ${file:..}} and {@code
   * ${secret:..}} stay as they were written; a secret that is written without a template is masked.
   *
   * @throws dev.firn.error.FirnException as {@link #read}
   */
  public static String compile(Path file, Settings settings) {
    return PipelineReader.compile(file, settings);
  }

  /**
   * The JSON Schema 2020-12 of a pipeline's file, for editors.
   *
   * @param folder its {@code plugins/} are known to the schema, as are all installed sources
   */
  public static ObjectNode schema(Path folder) {
    return PipelineSchema.of(Providers.in(folder).sources());
  }

  /** The YAML that reads back to the same pipeline, defaults left out. */
  public static String write(PipelineSpec spec) {
    return SpecWriter.write(spec);
  }
}
