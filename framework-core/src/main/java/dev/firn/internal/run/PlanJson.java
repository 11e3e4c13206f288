package dev.firn.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractMode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.PipelinePlan.Action;
import dev.firn.pipeline.PipelinePlan.Before;
import dev.firn.pipeline.PipelinePlan.Dropped;
import dev.firn.pipeline.PipelinePlan.ResourcePlan;
import dev.firn.pipeline.PipelinePlan.TablePlan;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.SchemaDiff;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A plan as a file: what was found, and what is to become of it. */
public final class PlanJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;
  private static final String COLUMN_IDS = "column-ids";

  private PlanJson() {}

  public static String write(PipelinePlan plan) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT)
        .put("pipeline", plan.pipeline())
        .put("destination", plan.destination());
    ArrayNode resources = node.putArray("resources");
    plan.resources().forEach(resource -> write(resource, resources.addObject()));
    return node.toPrettyString() + "\n";
  }

  private static void write(ResourcePlan resource, ObjectNode node) {
    node.put("resource", resource.resource()).put("disposition", resource.disposition().word());
    node.set("rules", RulesJson.write(resource.rules()));
    resource.key().forEach(node.putArray("key")::add);
    node.put("sampled-records", resource.sampledRecords());
    resource.pendingLoads().forEach(node.putArray("pending-loads")::add);
    ArrayNode tables = node.putArray("tables");
    resource.tables().forEach(table -> write(table, tables.addObject()));
  }

  private static void write(TablePlan table, ObjectNode node) {
    node.put("action", table.action().name());
    table
        .before()
        .ifPresent(
            before -> {
              node.put("uuid", before.uuid());
              SchemaJson.write(before.schema(), node.putObject("before"));
              node.set(COLUMN_IDS, JSON.valueToTree(new TreeMap<>(before.columnIds())));
            });
    SchemaJson.write(table.schema(), node.putObject("after"));
    table.changes().stream().map(SchemaChange::describe).forEach(node.putArray("changes")::add);
    ArrayNode dropped = node.putArray("dropped");
    for (Dropped each : table.dropped()) {
      dropped
          .addObject()
          .put("what", each.what())
          .put("setting", each.setting())
          .put("mode", each.mode().word());
    }
  }

  public static PipelinePlan read(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.path("format").asInt() != FORMAT) {
        throw invalid("its format is not " + FORMAT);
      }
      List<ResourcePlan> resources = new ArrayList<>();
      node.required("resources").forEach(resource -> resources.add(resource(resource)));
      return new PipelinePlan(
          node.required("pipeline").asText(), node.required("destination").asText(), resources);
    } catch (JsonProcessingException e) {
      throw invalid(e.getOriginalMessage());
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static FirnException invalid(String why) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "The file is no plan: " + why + ".",
        "Make one with firn plan --out FILE.");
  }

  private static ResourcePlan resource(JsonNode node) {
    List<TablePlan> tables = new ArrayList<>();
    node.required("tables").forEach(table -> tables.add(table(table)));
    return new ResourcePlan(
        node.required("resource").asText(),
        WriteDisposition.parse(node.required("disposition").asText()),
        RulesJson.read(node.path("rules")),
        SchemaJson.texts(node.required("key")),
        node.required("sampled-records").asLong(),
        tables,
        SchemaJson.texts(node.required("pending-loads")));
  }

  private static Map<String, Integer> columnIds(JsonNode node) {
    Map<String, Integer> ids = new TreeMap<>();
    node.properties().forEach(field -> ids.put(field.getKey(), field.getValue().asInt()));
    return ids;
  }

  private static TablePlan table(JsonNode node) {
    TableSchema after = SchemaJson.read(node.required("after"));
    Optional<Before> before =
        node.has("before")
            ? Optional.of(
                new Before(
                    node.required("uuid").asText(),
                    SchemaJson.read(node.required("before")),
                    columnIds(node.path(COLUMN_IDS))))
            : Optional.empty();
    List<Dropped> dropped = new ArrayList<>();
    for (JsonNode each : node.required("dropped")) {
      dropped.add(
          new Dropped(
              each.required("what").asText(),
              each.required("setting").asText(),
              ContractMode.parse(each.required("mode").asText())));
    }
    List<SchemaChange> changes =
        before.map(table -> SchemaDiff.between(table.schema(), after).changes()).orElse(List.of());
    Action action = Action.valueOf(node.required("action").asText());
    return new TablePlan(after.name(), action, before, after, changes, dropped);
  }
}
