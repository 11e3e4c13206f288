package dev.firn.cli;

import dev.firn.load.Replacing;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import java.util.ArrayList;
import java.util.List;

/** How a load writes, in a line. */
final class WriteText {
  private WriteText() {}

  /** How rows meet those that are there: {@code merge (delete-insert by shop, copy-on-write)}. */
  static String of(WriteDisposition disposition, WriteRules rules) {
    List<String> more = new ArrayList<>();
    if (disposition == WriteDisposition.MERGE) {
      rules.strategy().ifPresent(strategy -> more.add(strategy.word()));
      if (!rules.mergeKey().isEmpty()) {
        more.add("merge key " + String.join(", ", rules.mergeKey()));
      }
      rules.hardDelete().ifPresent(column -> more.add("deletes by " + column));
      rules.dedupSort().ifPresent(sort -> more.add("prefers " + sort));
      if (rules.deleteAbsent()) {
        more.add("absent keys go");
      }
    } else if (disposition == WriteDisposition.REPLACE) {
      Replacing replacing = rules.replacing();
      if (replacing.scope() == Replacing.Scope.PARTITION) {
        more.add(
            replacing.partition().isEmpty()
                ? "partitions of the load"
                : "partition " + replacing.partition());
      }
      if (replacing.dropsTables()) {
        more.add(replacing.strategy().word());
      }
    }
    rules.deleteMode().ifPresent(mode -> more.add(mode.word()));
    return disposition.word() + (more.isEmpty() ? "" : " (" + String.join("; ", more) + ")");
  }
}
