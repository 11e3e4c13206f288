package dev.firn.internal.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractResult;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.load.LoadCounts;
import dev.firn.load.TableCounts;
import dev.firn.load.TableOutcome;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.state.CursorState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A run report as JSON, of the form that {@code run-report.schema.json} describes. */
public final class ReportJson {
  private static final int SCHEMA_VERSION = 1;

  private final Redactor redactor;

  private ReportJson(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The report's document, without any secret that the redactor knows. */
  public static ObjectNode of(RunReport report, Redactor redactor) {
    return new ReportJson(redactor).report(report);
  }

  private ObjectNode report(RunReport report) {
    ObjectNode node = object();
    node.put("schemaVersion", SCHEMA_VERSION).put("runId", report.runId());
    ArrayNode loads = node.putArray("loadIds");
    report.resources().stream()
        .map(ResourceReport::loadId)
        .filter(id -> !id.isEmpty())
        .forEach(loads::add);
    node.put("pipeline", report.pipeline());
    report.profile().ifPresent(profile -> node.put("profile", profile));
    node.put("trigger", report.trigger())
        .put("status", report.status())
        .put("exitCode", report.exitCode())
        .put("startedAt", report.startedAt().toString())
        .put("finishedAt", report.finishedAt().toString());
    ArrayNode resources = node.putArray("resources");
    report.resources().forEach(resource -> resources.add(resource(resource)));
    ObjectNode packages = node.putObject("packages");
    texts(packages, "finished", report.finishedPackages());
    texts(packages, "discarded", report.discardedPackages());
    texts(node, "warnings", report.warnings());
    report.error().ifPresent(error -> node.set("error", error(error, redactor)));
    return node;
  }

  private ObjectNode resource(ResourceReport report) {
    LoadCounts counts = report.counts();
    ObjectNode node = object();
    node.put("name", report.name());
    report.partition().ifPresent(key -> node.put("partition", key));
    node.put("status", report.status().word());
    report.error().ifPresent(error -> node.set("error", error(error, redactor)));
    node.put("loadId", report.loadId())
        .put("read", counts.read())
        .put("loaded", report.loaded())
        .put("quarantined", counts.quarantined());
    node.putObject("filtered")
        .put("superseded", report.superseded())
        .put("boundary", counts.boundary())
        .put("discarded", counts.discarded())
        .put("outOfWindow", counts.outOfWindow());
    node.put("bytes", report.bytes());
    ObjectNode cursor = node.putObject("cursor");
    cursor(cursor, "before", report.cursorBefore());
    cursor(cursor, "after", report.cursorAfter());
    tables(node.putArray("tables"), report);
    node.put("promise", report.promise());
    report.contract().ifPresent(contract -> contract(node.putObject("contract"), contract));
    texts(node, "warnings", report.warnings());
    return node;
  }

  private void contract(ObjectNode node, ContractResult contract) {
    node.put("name", contract.name())
        .put("version", contract.version())
        .put("checked", contract.checked())
        .put("badRows", contract.badRows())
        .put("violations", contract.violations());
    ArrayNode rules = node.putArray("rules");
    contract
        .rules()
        .forEach(
            rule ->
                rules.addObject().put("rule", rule.rule()).put("violations", rule.violations()));
    ArrayNode examples = node.putArray("examples");
    contract
        .examples()
        .forEach(
            each ->
                examples
                    .addObject()
                    .put("place", redactor.redact(each.place()))
                    .put("column", each.column())
                    .put("rule", each.rule())
                    .put("value", redactor.redact(each.value())));
    node.put("untold", contract.untold());
    ArrayNode checks = node.putArray("checks");
    contract
        .checks()
        .forEach(
            check ->
                checks
                    .addObject()
                    .put("check", check.check())
                    .put("held", check.held())
                    .put("found", check.found()));
  }

  private void cursor(ObjectNode node, String key, Optional<CursorState> cursor) {
    cursor.ifPresent(state -> node.put(key, redactor.redact(state.value())));
  }

  private void tables(ArrayNode into, ResourceReport report) {
    Map<String, TableCounts> left = new TreeMap<>(report.counts().tables());
    for (TableOutcome table : report.tables()) {
      ObjectNode node = outcome(table);
      TableCounts within = left.remove(table.table().toString());
      into.add(within(node, within == null ? TableCounts.NONE : within));
    }
    left.forEach((name, within) -> into.add(within(untouched(name), within)));
  }

  private ObjectNode outcome(TableOutcome table) {
    ObjectNode node = object();
    node.put("name", table.table().toString())
        .put("operation", table.operation())
        .put("inserted", table.inserted())
        .put("updated", table.updated())
        .put("deleted", table.deleted())
        .put("unchanged", table.unchanged())
        .put("total", table.total());
    // as text: a snapshot id does not fit the numbers of every JSON reader
    table.snapshotId().ifPresent(id -> node.put("snapshotId", Long.toString(id)));
    texts(node, "schemaChanges", table.schemaChanges());
    return node.put("filesAdded", table.filesAdded());
  }

  /** A table that no row was committed for, though records had something for it. */
  private ObjectNode untouched(String name) {
    ObjectNode node = object();
    node.put("name", name)
        .put("operation", "none")
        .put("inserted", 0)
        .put("updated", 0)
        .put("deleted", 0)
        .put("unchanged", 0);
    texts(node, "schemaChanges", List.of());
    return node.put("filesAdded", 0);
  }

  private static ObjectNode within(ObjectNode node, TableCounts counts) {
    return node.put("discarded", counts.discarded())
        .put("valuesDiscarded", counts.valuesDiscarded())
        .put("lossy", counts.lossy())
        .put("truncated", counts.truncated())
        .put("padded", counts.padded());
  }

  /** A failure's document: type, message, hint and whether the same command may succeed later. */
  public static ObjectNode error(FirnException error, Redactor redactor) {
    return object()
        .put("type", error.code().name())
        .put("message", redactor.redact(String.valueOf(error.getMessage())))
        .put("hint", redactor.redact(error.hint()))
        .put("retryable", error.code().retryable());
  }

  private void texts(ObjectNode node, String key, List<String> values) {
    ArrayNode items = node.putArray(key);
    values.forEach(value -> items.add(redactor.redact(value)));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
