package dev.firn.internal.yaml;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a file of {@code NAME=value} lines; {@code #} begins a comment line. */
final class EnvFile {
  private EnvFile() {}

  static Map<String, String> read(Path file, String text, Problems problems) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        problems.add(
            new Origin(file.toString(), i + 1, 1), "Expected NAME=value.", "Or begin with #.");
      } else {
        String value = unquoted(assignment.substring(equals + 1).strip());
        variables.put(assignment.substring(0, equals).strip(), value);
      }
    }
    return variables;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
