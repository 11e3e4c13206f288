package dev.firn.internal.discover;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.IncrementalRules;
import dev.firn.internal.normalize.PartitionRules;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What must hold in every resource, wherever its parts were written. */
final class SpecRules {
  // The name goes into property keys and folder names.
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,127}");

  private SpecRules() {}

  /** What is wrong; nothing as a rule. */
  static List<String> problems(ResourceSpec spec) {
    List<String> problems = new ArrayList<>();
    if (!NAME.matcher(spec.name()).matches()) {
      problems.add("its name is not made of letters, digits, _ and -.");
    }
    WriteRules rules = spec.rules();
    if (spec.disposition() == WriteDisposition.MERGE && rules.needsKey() && spec.key().isEmpty()) {
      problems.add("a merge needs a primary key.");
    }
    rules
        .problems(spec.disposition(), spec.key(), spec.incremental().isPresent())
        .forEach(problem -> problems.add(problem.key() + ": " + problem.message()));
    if (spec.key().stream().anyMatch(String::isBlank)) {
      problems.add("a key column has no name.");
    }
    spec.incremental().map(IncrementalRules::problems).ifPresent(problems::addAll);
    problems.addAll(PartitionRules.problems(spec));
    JsonNode rows = spec.options().path(JavaSourceProvider.BATCH_ROWS);
    if (!rows.isMissingNode() && (!rows.isInt() || rows.intValue() < 0)) {
      problems.add("batch-rows is " + rows + ", which is no count.");
    }
    spec.table().ifPresent(table -> tableName(table, problems));
    return problems;
  }

  private static void tableName(String table, List<String> problems) {
    try {
      TableName.parse(table);
    } catch (FirnException unreadable) {
      problems.add(unreadable.getMessage());
    }
  }
}
