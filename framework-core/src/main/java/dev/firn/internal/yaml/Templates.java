package dev.firn.internal.yaml;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.error.Spelling;
import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.internal.yaml.ConfigNode.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Fills in {@code ${env:X}}, {@code ${env:X:-default}}, {@code ${file:path}}, {@code ${var:name}}
 * and {@code ${secret:name}} when a pipeline is read. Below {@code sources} the run-time templates
 * and the escape of two dollar signs stay as they are, for {@link RunTemplates}.
 */
final class Templates {
  private static final Set<String> SPACES = Set.of("env", "file", "var", "secret");

  private final Path folder;
  private final Map<String, String> environment;
  private final Redactor redactor;
  private final Problems problems;
  private final Set<String> openVars = new LinkedHashSet<>();
  private final Set<String> usedVars = new LinkedHashSet<>();
  private final Map<List<String>, Map<String, Scalar>> written = new LinkedHashMap<>();
  private Section vars = Section.empty(Origin.DEFAULT);

  Templates(Path folder, Map<String, String> environment, Redactor redactor, Problems problems) {
    this.folder = folder;
    this.environment = environment;
    this.redactor = redactor;
    this.problems = problems;
  }

  /**
   * The values that depend on where the pipeline is read, as they were written, by path and by what
   * they were filled to.
   */
  Map<List<String>, Map<String, Scalar>> written() {
    return written;
  }

  /** The variables that templates named so far. */
  Set<String> usedVars() {
    return usedVars;
  }

  /** The settings with every template filled in that can be filled in now. */
  Section fill(Section settings) {
    vars = settings.section(SpecKeys.VARS).orElse(vars);
    Map<String, Entry> entries = new LinkedHashMap<>();
    settings
        .entries()
        .forEach(
            (key, entry) -> {
              boolean later = key.equals(SpecKeys.SOURCES);
              List<String> path = List.of(key);
              entries.put(key, new Entry(entry.key(), fill(entry.value(), path, later)));
            });
    return new Section(entries, settings.origin());
  }

  private ConfigNode fill(ConfigNode node, List<String> path, boolean later) {
    if (node instanceof Scalar scalar) {
      return fillScalar(scalar, path, later);
    }
    if (node instanceof Listing listing) {
      List<ConfigNode> items = new ArrayList<>();
      listing.items().forEach(item -> items.add(fill(item, path, later)));
      return new Listing(items, listing.origin());
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    ((Section) node)
        .entries()
        .forEach(
            (k, e) -> entries.put(k, new Entry(e.key(), fill(e.value(), then(path, k), later))));
    return new Section(entries, node.origin());
  }

  private static List<String> then(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private Scalar fillScalar(Scalar scalar, List<String> path, boolean later) {
    boolean secret = SecretNames.matches(path.get(path.size() - 1));
    if (!scalar.text().contains("${")) {
      return remember(secret, scalar);
    }
    try {
      String text = fillText(scalar.text(), secret, later);
      Style style = scalar.style() == Style.QUOTED ? Style.QUOTED : Style.FILLED;
      keep(path, scalar, text);
      return remember(secret, new Scalar(text, style, scalar.origin()));
    } catch (FirnException wrong) {
      problems.add(scalar.origin(), wrong);
      return scalar;
    }
  }

  /**
   * Remembers how a value was written if it depends on where the pipeline is read: on a variable of
   * the environment, a file or a secret.
   */
  private void keep(List<String> path, Scalar scalar, String filled) {
    String asWritten = withVars(scalar.text());
    boolean depends =
        TemplateText.parts(asWritten).stream()
            .anyMatch(part -> part.kind() == TemplateText.Kind.TEMPLATE && isReadNow(part.text()));
    if (depends) {
      written
          .computeIfAbsent(path, any -> new LinkedHashMap<>())
          .put(filled, new Scalar(asWritten, scalar.style(), scalar.origin()));
    }
  }

  private static boolean isReadNow(String template) {
    int colon = template.indexOf(':');
    return colon > 0 && SPACES.contains(template.substring(0, colon));
  }

  /** The text with nothing but its variables filled in. */
  private String withVars(String text) {
    StringBuilder filled = new StringBuilder();
    for (TemplateText.Part part : TemplateText.parts(text)) {
      boolean var = part.kind() == TemplateText.Kind.TEMPLATE && part.text().startsWith("var:");
      switch (part.kind()) {
        case TEXT, ESCAPE -> filled.append(part.text());
        case TEMPLATE -> filled.append(var ? varText(part.text()) : "${" + part.text() + "}");
      }
    }
    return filled.toString();
  }

  private String varText(String template) {
    return vars.value(template.substring("var:".length()).strip())
        .filter(Scalar.class::isInstance)
        .map(node -> withVars(((Scalar) node).text()))
        .orElse("${" + template + "}");
  }

  private Scalar remember(boolean secret, Scalar scalar) {
    if (secret) {
      redactor.add(scalar.text());
    }
    return scalar;
  }

  private String fillText(String text, boolean secret, boolean later) {
    StringBuilder filled = new StringBuilder();
    for (TemplateText.Part part : TemplateText.parts(text)) {
      switch (part.kind()) {
        case TEXT -> filled.append(part.text());
        case ESCAPE -> filled.append(later ? "$${" : "${");
        case TEMPLATE -> filled.append(value(part.text(), secret, later));
      }
    }
    return filled.toString();
  }

  private String value(String template, boolean secret, boolean later) {
    int colon = template.indexOf(':');
    String space = colon < 0 ? template : template.substring(0, colon);
    if (!SPACES.contains(space)) {
      return runTime(template, later);
    }
    String name = template.substring(colon + 1).strip();
    String value =
        switch (space) {
          case "env" -> variable(name, secret);
          case "file" -> file(name, secret);
          case "var" -> var(name, secret);
          default -> secret(name);
        };
    return later ? value.replace("${", "$${") : value;
  }

  private static String runTime(String template, boolean later) {
    RunTemplates.check(template);
    if (!later) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "${" + template + "} is known during a run only.",
          "Use it below 'sources'.");
    }
    return "${" + template + "}";
  }

  private String variable(String template, boolean secretKey) {
    int dash = template.indexOf(":-");
    String name = dash < 0 ? template : template.substring(0, dash);
    String value = environment.get(name);
    if (value == null || (value.isEmpty() && dash >= 0)) {
      if (dash < 0) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "The environment variable " + name + " is not set.",
            "Set it, or give a default: ${env:" + name + ":-value}.");
      }
      return template.substring(dash + 2);
    }
    return secretKey || SecretNames.matches(name) ? hidden(value) : value;
  }

  private String var(String name, boolean secretKey) {
    usedVars.add(name);
    ConfigNode node = vars.value(name).orElse(null);
    if (!(node instanceof Scalar scalar)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "No variable '" + name + "' in 'vars'.",
          Spelling.hint(name, vars.entries().keySet()));
    }
    if (!openVars.add(name)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The variables " + String.join(", ", openVars) + " need each other.",
          "Give one of them a value.");
    }
    try {
      return fillText(scalar.text(), secretKey || SecretNames.matches(name), false);
    } finally {
      openVars.remove(name);
    }
  }

  private String secret(String name) {
    String variable =
        "FIRN_SECRET_" + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    String value = environment.get(variable);
    if (value != null) {
      return hidden(value);
    }
    Path file = folder.resolve(".firn").resolve("secrets").resolve(name);
    if (Files.isRegularFile(file)) {
      return hidden(content(file));
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "No secret '" + name + "'.",
        "Set the variable " + variable + " or write the file .firn/secrets/" + name + ".");
  }

  private String file(String path, boolean secretKey) {
    String text = content(folder.resolve(path));
    return secretKey || SecretNames.matches(path) ? hidden(text) : text;
  }

  private String hidden(String value) {
    redactor.add(value);
    return value;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (NoSuchFileException missing) {
      throw unreadable("There is no file " + file + ".", missing);
    } catch (IOException broken) {
      throw unreadable("The file " + file + " cannot be read.", broken);
    }
  }

  private static FirnException unreadable(String message, Exception cause) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG, message, "Paths start where pipeline.yaml is.", cause);
  }
}
