package dev.firn.examples.weather;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.Violation;
import dev.firn.load.WriteDisposition;
import dev.firn.testkit.contract.BreaksContract;
import dev.firn.testkit.contract.ContractKit;
import dev.firn.testkit.contract.FromContract;
import dev.firn.testkit.contract.Mutant;
import dev.firn.testkit.contract.PipelineKit;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ReadingProperties {
  private static final String FILE = "contracts/reading.yaml";

  @Property(tries = 100)
  boolean everyGeneratedRowPasses(@ForAll @FromContract(Reading.class) JsonNode row) {
    return ContractKit.of(Reading.class).validate(row).isEmpty();
  }

  @Property(tries = 100)
  void everyMutantIsCaught(@ForAll @BreaksContract(file = FILE) Mutant mutant) {
    assertThat(ContractKit.of(Reading.class).validate(mutant.row()))
        .extracting(Violation::column)
        .containsExactly(mutant.column());
  }

  @Property(tries = 20)
  void loadingTwiceIsLoadingOnce(@ForAll @FromContract(Reading.class) List<JsonNode> rows) {
    PipelineKit.inMemory()
        .key("station", "at")
        .load("t", rows, WriteDisposition.MERGE)
        .load("t", rows, WriteDisposition.MERGE)
        .assertSameAsOnce();
  }
}
