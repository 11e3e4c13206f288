package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.Replacing;
import dev.firn.load.Validity;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.source.PartitionWindow;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what is known during a run: {@code ${run.id}}, {@code ${run.now}} and {@code ${run.ds}},
 * the run's start in UTC and its day; in a partitioned resource {@code ${partition.key}}, {@code
 * ${partition.start}} and {@code ${partition.end}}, dates in its time zone. A pipe gives the form:
 * {@code | iso}, {@code | date}, {@code | epoch-ms} or {@code | format:yyyy/MM/dd}.
 */
public final class RunTemplates {
  private static final String ID = "run.id";
  private static final String NOW = "run.now";
  private static final String DAY = "run.ds";
  private static final String WINDOW = "partition.";
  private static final String WINDOW_KEY = "partition.key";
  private static final String WINDOW_START = "partition.start";
  private static final String WINDOW_END = "partition.end";
  private static final Set<String> NAMES =
      Set.of(ID, NOW, DAY, WINDOW_KEY, WINDOW_START, WINDOW_END);
  private static final Set<String> PIPES = Set.of("iso", "date", "epoch-ms", "format:");
  private static final String FORMAT = "format:";

  private final String runId;
  private final Instant now;

  private final @Nullable PartitionWindow window;
  private final ZoneId zone;

  private RunTemplates(String runId, Instant now, @Nullable PartitionWindow window, ZoneId zone) {
    this.runId = runId;
    this.now = now;
    this.window = window;
    this.zone = zone;
  }

  /** A partitioned resource for the load of one window. */
  public static ResourceSpec fill(
      ResourceSpec resource, PartitionWindow window, String runId, Instant now) {
    ZoneId zone = resource.partitions().orElseThrow().timezone();
    return new RunTemplates(runId, now, window, zone).filled(resource);
  }

  /** The pipeline for one run: no template is left below its sources. */
  public static PipelineSpec fill(PipelineSpec spec, String runId, Instant now) {
    RunTemplates templates = new RunTemplates(runId, now, null, ZoneOffset.UTC);
    List<SourceSpec> sources = spec.sources().stream().map(templates::source).toList();
    return new PipelineSpec(
        spec.name(),
        spec.folder(),
        sources,
        spec.destination(),
        spec.evolution(),
        spec.limits(),
        spec.concurrency());
  }

  private SourceSpec source(SourceSpec source) {
    List<ResourceSpec> resources = source.resources().stream().map(this::resource).toList();
    return new SourceSpec(
        source.name(), source.type(), json(source.settings()), resources, source.written());
  }

  /** A partitioned resource is filled for each of its windows. */
  private ResourceSpec resource(ResourceSpec resource) {
    return resource.partitions().isPresent() ? resource : filled(resource);
  }

  private ResourceSpec filled(ResourceSpec resource) {
    Map<String, String> added = new LinkedHashMap<>();
    resource.addColumns().forEach((column, value) -> added.put(column, text(value)));
    return new ResourceSpec(
        resource.name(),
        resource.table().map(this::text),
        resource.key(),
        resource.disposition(),
        rules(resource.rules()),
        resource.evolution(),
        resource.columns(),
        resource.columnEdits(),
        resource.partitionBy(),
        resource.tableSettings(),
        resource.maxNesting(),
        resource.naming(),
        resource.onLossy(),
        resource.onNullKey(),
        resource.allowEmpty(),
        resource.incremental(),
        resource.partitions(),
        added,
        resource.contract(),
        resource.quarantine(),
        json(resource.options()));
  }

  private WriteRules rules(WriteRules rules) {
    Map<String, String> partition = new LinkedHashMap<>();
    rules.replacing().partition().forEach((field, value) -> partition.put(field, text(value)));
    Replacing replacing = rules.replacing();
    Validity validity = rules.validity();
    return rules
        .withReplacing(new Replacing(replacing.scope(), replacing.strategy(), partition))
        .withValidity(
            new Validity(
                validity.from(),
                validity.to(),
                validity.active(),
                validity.boundary().map(this::text),
                validity.rowVersion()));
  }

  private JsonNode json(JsonNode node) {
    if (node.isTextual()) {
      return JsonNodeFactory.instance.textNode(text(node.textValue()));
    }
    if (node.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> items.add(json(item)));
      return items;
    }
    if (node.isObject()) {
      ObjectNode fields = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(field -> fields.set(field.getKey(), json(field.getValue())));
      return fields;
    }
    return node;
  }

  private String text(String text) {
    if (!text.contains("${")) {
      return text;
    }
    StringBuilder filled = new StringBuilder();
    for (TemplateText.Part part : TemplateText.parts(text)) {
      switch (part.kind()) {
        case TEXT -> filled.append(part.text());
        case ESCAPE -> filled.append("${");
        case TEMPLATE -> filled.append(value(part.text()));
      }
    }
    return filled.toString();
  }

  private String value(String template) {
    check(template);
    String[] parts = template.split("\\|", 2);
    String name = parts[0].strip();
    String pipe = parts.length > 1 ? parts[1].strip() : name.equals(DAY) ? "date" : "iso";
    if (name.startsWith(WINDOW)) {
      return ofWindow(name, pipe, template);
    }
    return name.equals(ID) ? runId : formatted(pipe, now, ZoneOffset.UTC);
  }

  private String ofWindow(String name, String pipe, String template) {
    PartitionWindow known = window;
    if (known == null) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "${" + template + "} stands in a resource without partitions.",
          "Add partitions: {every: day, start: 2024-01-31} to the resource.");
    }
    return switch (name) {
      case WINDOW_KEY -> known.key();
      case WINDOW_START -> formatted(pipe, known.start(), zone);
      default -> formatted(pipe, known.end(), zone);
    };
  }

  private static String formatted(String pipe, Instant now, ZoneId zone) {
    return switch (pipe) {
      case "iso" -> now.toString();
      case "date" -> LocalDate.ofInstant(now, zone).toString();
      case "epoch-ms" -> Long.toString(now.toEpochMilli());
      default -> {
        String pattern = pipe.substring(FORMAT.length()).strip();
        yield DateTimeFormatter.ofPattern(pattern).format(now.atZone(zone));
      }
    };
  }

  /** Refuses a template that no run can fill in. */
  static void check(String template) {
    String[] parts = template.split("\\|", 2);
    String name = parts[0].strip();
    if (!NAMES.contains(name)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Nothing fills in ${" + template + "}.",
          "Known: ${env:X}, ${file:path}, ${var:name}, ${secret:name}, ${run.id}, ${run.now},"
              + " ${run.ds}, ${partition.key}, ${partition.start}, ${partition.end}; write $${ for a literal ${.");
    }
    if (parts.length > 1) {
      checkPipe(name, parts[1].strip());
    }
  }

  private static void checkPipe(String name, String pipe) {
    boolean known = PIPES.contains(pipe) ? !pipe.equals(FORMAT) : pipe.startsWith(FORMAT);
    boolean plain = name.equals(ID) || name.equals(WINDOW_KEY);
    if (!known || plain) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "'" + pipe + "' is no form for ${" + name + "}.",
          plain ? "Leave it out." : "Use iso, date, epoch-ms or format:yyyy-MM-dd.");
    }
    if (pipe.startsWith(FORMAT)) {
      checkPattern(pipe);
    }
  }

  private static void checkPattern(String pipe) {
    try {
      formatted(pipe, Instant.EPOCH, ZoneOffset.UTC);
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "'" + pipe + "' is no date pattern: " + wrong.getMessage() + ".",
          "Use letters such as yyyy, MM, dd, HH.",
          wrong);
    }
  }
}
