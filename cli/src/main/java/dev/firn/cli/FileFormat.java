package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command line says of how files are read. */
final class FileFormat {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "The format, where the file's name does not say it.")
  @Nullable String format;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the format, such as delimiter=; or header=false; repeat one that is a list.")
  List<String> options = new ArrayList<>();

  /** Adds it to the keys of a files resource. */
  void write(ObjectNode resource) {
    if (format != null) {
      resource.put("format", format);
    }
    if (!options.isEmpty()) {
      writeOptions(resource.putObject("options"));
    }
  }

  private void writeOptions(ObjectNode section) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (String option : options) {
      String[] parts = option.split("=", 2);
      if (parts.length < 2) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "--option is '%s', expected KEY=VALUE.".formatted(option),
            "Write for example --option header=false.");
      }
      given.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(parts[1]);
    }
    given.forEach(
        (key, values) -> {
          if (values.size() == 1) {
            section.put(key, values.get(0));
          } else {
            values.forEach(section.withArray(key)::add);
          }
        });
  }
}
