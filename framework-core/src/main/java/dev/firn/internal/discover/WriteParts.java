package dev.firn.internal.discover;

import dev.firn.load.DedupSort;
import dev.firn.load.Replacing;
import dev.firn.load.Validity;
import dev.firn.load.WriteRules;
import dev.firn.source.WriteSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an annotation says of how rows meet those that are there. */
final class WriteParts {
  private WriteParts() {}

  static WriteRules rules(WriteSetting said, String where, Mistakes mistakes) {
    Map<String, String> partition = TableParts.pairs(said.partition(), where, mistakes);
    List<DedupSort> sort = new ArrayList<>();
    text(said.dedupSort())
        .ifPresent(text -> mistakes.passes(where, () -> sort.add(DedupSort.parse(text))));
    return new WriteRules(
        one(said.strategy(), "strategy", where, mistakes),
        List.of(said.mergeKey()),
        text(said.hardDelete()),
        sort.stream().findFirst(),
        said.deleteAbsent(),
        new Replacing(said.scope(), said.replaceStrategy(), partition),
        one(said.deleteMode(), "deleteMode", where, mistakes),
        new Validity(
            said.validFrom(),
            said.validTo(),
            text(said.activeTimestamp()),
            text(said.boundaryTimestamp()),
            text(said.rowVersion())));
  }

  private static <T> Optional<T> one(T[] values, String what, String where, Mistakes mistakes) {
    if (values.length > 1) {
      mistakes.add(where + what + " has " + values.length + " values: give one.");
    }
    return values.length == 0 ? Optional.empty() : Optional.of(values[0]);
  }

  private static Optional<String> text(String said) {
    return Optional.of(said).filter(text -> !text.isEmpty());
  }
}
