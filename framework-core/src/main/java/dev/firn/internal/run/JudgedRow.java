package dev.firn.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.Evolution;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Violation;
import dev.firn.internal.expression.Tally;
import dev.firn.internal.normalize.ContractTally;
import dev.firn.internal.normalize.LoadChecks;
import dev.firn.internal.normalize.LoadSummary;
import dev.firn.internal.normalize.NormalizeWorker;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.internal.normalize.TableRows;
import dev.firn.internal.normalize.UniqueChecks.Repeated;
import dev.firn.internal.plugin.Providers;
import dev.firn.load.LoadId;
import dev.firn.pipeline.Limits;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** What {@link dev.firn.contract.RowJudge} does: rows are of a load that goes nowhere. */
public final class JudgedRow implements AutoCloseable {
  private static final TableName TABLE = TableName.parse("contract.row");

  /** Types that all rows together ask for are settled in one. */
  private static final int MOST_ROUNDS = 10;

  private static final TableRows NO_TABLE = (table, columns, sink) -> {};

  private final SchemaContract contract;
  private final BufferAllocator allocator = new RootAllocator();

  public JudgedRow(SchemaContract contract) {
    this.contract = contract;
  }

  public List<Violation> judge(JsonNode row) {
    try (Normalizer normalizer = new Normalizer(request(), allocator)) {
      return violations(read(normalizer, List.of(new JsonSplit(row))).summary());
    }
  }

  /** All of one load. */
  public List<Violation> judge(List<JsonNode> rows) {
    List<JsonSplit> splits = new ArrayList<>();
    rows.forEach(row -> splits.add(new JsonSplit(row, splits.size() + 1)));
    Normalizer.Request request = request();
    try (Normalizer normalizer = new Normalizer(request, allocator)) {
      Read read = read(normalizer, splits);
      for (int round = 0; round < MOST_ROUNDS && !read.summary().misfits().isEmpty(); round++) {
        normalizer.adopt(read.summary());
        normalizer.forget(read.sets());
        read = read(normalizer, splits);
      }
      List<Violation> violations = new ArrayList<>(violations(read.summary()));
      for (Repeated repeated : normalizer.repeated(read.sets(), NO_TABLE)) {
        violations.addAll(repeated.examples());
      }
      List<Tally> tallies = read.summary().contract().aggregates();
      for (LoadChecks.Result check :
          normalizer.loadChecks().judge(tallies, request.loadId().time())) {
        if (!check.held()) {
          violations.add(new Violation("the load", check.check(), check.found(), "the load"));
        }
      }
      return violations;
    }
  }

  /** What was read, in which sets. */
  private record Read(LoadSummary summary, Set<Long> sets) {}

  private static Read read(Normalizer normalizer, List<JsonSplit> splits) {
    try (NormalizeWorker worker = normalizer.worker(set -> {})) {
      splits.forEach(worker::load);
      worker.flush();
      Set<Long> sets = new HashSet<>();
      worker.staged().forEach(set -> sets.add(set.id()));
      return new Read(normalizer.sum(worker.staged()), sets);
    }
  }

  private static List<Violation> violations(LoadSummary summary) {
    return summary.contract().examples().stream().map(ContractTally.Example::violation).toList();
  }

  private Normalizer.Request request() {
    return new Normalizer.Request(
        LoadId.next(Clock.systemUTC()),
        ResourceSpec.named("row").withContract(contract),
        TABLE,
        Evolution.DEFAULT,
        List.of(),
        Optional.empty(),
        false,
        Limits.DEFAULT,
        Set.of(),
        Providers.in(Path.of("").toAbsolutePath())::validator);
  }

  @Override
  public void close() {
    allocator.close();
  }
}
