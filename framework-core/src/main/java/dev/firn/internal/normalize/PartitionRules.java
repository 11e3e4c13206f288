package dev.firn.internal.normalize;

import dev.firn.load.Replacing;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.PartitionField;
import dev.firn.schema.PartitionField.Transform;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.ResourceSpec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What must hold in a resource that is cut into windows of time. */
public final class PartitionRules {
  private PartitionRules() {}

  /** What is wrong, each a sentence that goes on after the resource's name; nothing as a rule. */
  public static List<String> problems(ResourceSpec spec) {
    return spec.partitions().map(partitions -> problems(spec, partitions)).orElse(List.of());
  }

  private static List<String> problems(ResourceSpec spec, PartitionsSpec partitions) {
    List<String> problems = new ArrayList<>();
    if (spec.incremental().isPresent()) {
      problems.add("'partitions' and 'incremental' do not go together: each says what is new.");
    }
    if (spec.disposition() == WriteDisposition.CREATE_IF_MISSING) {
      problems.add("only the first of its partitions would be loaded: merge or append them.");
    } else if (spec.disposition() == WriteDisposition.MERGE
        && spec.rules().wantsAll(spec.disposition())) {
      problems.add("each of its partitions would delete the rows of all others.");
    } else if (spec.disposition() == WriteDisposition.REPLACE) {
      replace(spec, partitions, problems);
    }
    return problems;
  }

  private static void replace(ResourceSpec spec, PartitionsSpec partitions, List<String> problems) {
    Replacing replacing = spec.rules().replacing();
    if (replacing.scope() == Replacing.Scope.TABLE) {
      problems.add(
          "each of its partitions would replace the whole table: merge or append them, or replace"
              + " with scope: partition.");
    } else if (!replacing.partition().isEmpty()) {
      problems.add("each of its partitions would replace the same one of the table.");
    } else if (spec.partitionBy().stream().noneMatch(field -> fits(field, partitions))) {
      problems.add(
          "a %s of it would replace more than itself: partition-by needs a column by the %s or finer, in UTC."
              .formatted(partitions.every().word(), partitions.every().word()));
    }
  }

  /** Whether no partition of the table reaches from one window into the next. */
  private static boolean fits(PartitionField field, PartitionsSpec partitions) {
    if (field.transform() == Transform.IDENTITY) {
      return true; // a name of the window, as far as one can know
    }
    return partitions.timezone().equals(ZoneOffset.UTC)
        && switch (partitions.every()) {
          case HOUR -> field.transform() == Transform.HOUR;
          case DAY, WEEK -> isOneOf(field, Transform.DAY, Transform.HOUR);
          case MONTH -> isOneOf(field, Transform.MONTH, Transform.DAY, Transform.HOUR);
          case YEAR -> field.ofTime();
        };
  }

  private static boolean isOneOf(PartitionField field, Transform... transforms) {
    return List.of(transforms).contains(field.transform());
  }
}
