package dev.firn.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.Evolution;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Violation;
import dev.firn.internal.normalize.ContractTally;
import dev.firn.internal.normalize.LoadSummary;
import dev.firn.internal.normalize.NormalizeWorker;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.internal.plugin.Providers;
import dev.firn.load.LoadId;
import dev.firn.pipeline.Limits;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * What {@link dev.firn.contract.RowJudge} does: each row is a load of its own that goes nowhere.
 */
public final class JudgedRow implements AutoCloseable {
  private static final TableName TABLE = TableName.parse("contract.row");

  private final SchemaContract contract;
  private final BufferAllocator allocator = new RootAllocator();

  public JudgedRow(SchemaContract contract) {
    this.contract = contract;
  }

  public List<Violation> judge(JsonNode row) {
    Normalizer normalizer = new Normalizer(request(), allocator);
    try (NormalizeWorker worker = normalizer.worker(set -> {})) {
      worker.load(new JsonSplit(row));
      worker.flush();
      LoadSummary summary = normalizer.sum(worker.staged());
      return summary.contract().examples().stream().map(ContractTally.Example::violation).toList();
    }
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
