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
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills in what is known during a run: {@code ${run.id}}, {@code ${run.now}} and {@code ${run.ds}},
 * the run's start in UTC and its day. A pipe gives the form: {@code | iso}, {@code | date}, {@code
 * | epoch-ms} or {@code | format:yyyy/MM/dd}.
 */
public final class RunTemplates {
  private static final String ID = "run.id";
  private static final String NOW = "run.now";
  private static final String DAY = "run.ds";
  private static final Set<String> NAMES = Set.of(ID, NOW, DAY);
  private static final Set<String> PIPES = Set.of("iso", "date", "epoch-ms", "format:");
  private static final String FORMAT = "format:";

  private final String runId;
  private final Instant now;

  private RunTemplates(String runId, Instant now) {
    this.runId = runId;
    this.now = now;
  }

  /** The pipeline for one run: no template is left below its sources. */
  public static PipelineSpec fill(PipelineSpec spec, String runId, Instant now) {
    RunTemplates templates = new RunTemplates(runId, now);
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

  private ResourceSpec resource(ResourceSpec resource) {
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
    return name.equals(ID) ? runId : formatted(pipe, now);
  }

  private static String formatted(String pipe, Instant now) {
    return switch (pipe) {
      case "iso" -> now.toString();
      case "date" -> now.toString().substring(0, 10);
      case "epoch-ms" -> Long.toString(now.toEpochMilli());
      default -> {
        String pattern = pipe.substring(FORMAT.length()).strip();
        yield DateTimeFormatter.ofPattern(pattern).format(now.atOffset(ZoneOffset.UTC));
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
              + " ${run.ds}; write $${ for a literal ${.");
    }
    if (parts.length > 1) {
      checkPipe(name, parts[1].strip());
    }
  }

  private static void checkPipe(String name, String pipe) {
    boolean known = PIPES.contains(pipe) ? !pipe.equals(FORMAT) : pipe.startsWith(FORMAT);
    if (!known || name.equals(ID)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "'" + pipe + "' is no form for ${" + name + "}.",
          name.equals(ID) ? "Leave it out." : "Use iso, date, epoch-ms or format:yyyy-MM-dd.");
    }
    if (pipe.startsWith(FORMAT)) {
      checkPattern(pipe);
    }
  }

  private static void checkPattern(String pipe) {
    try {
      formatted(pipe, Instant.EPOCH);
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "'" + pipe + "' is no date pattern: " + wrong.getMessage() + ".",
          "Use letters such as yyyy, MM, dd, HH.",
          wrong);
    }
  }
}
