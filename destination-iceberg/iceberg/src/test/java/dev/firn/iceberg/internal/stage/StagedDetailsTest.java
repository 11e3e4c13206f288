package dev.firn.iceberg.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.batch.BatchSet.Run;
import dev.firn.iceberg.internal.stage.StagedDetails.RowGroup;
import dev.firn.iceberg.internal.stage.StagedDetails.RowRun;
import dev.firn.iceberg.internal.stage.StagedDetails.StagedField;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedDetailsTest {
  @Test
  void detailsSurviveTheirJson() throws Exception {
    StagedDetails details =
        new StagedDetails(
            new ObjectMapper().readTree("{\"spec-id\":0}"),
            List.of(new StagedField("a", 1, "long"), new StagedField("b.c", 7, "decimal(9, 2)")),
            List.of("day(at)"),
            List.of(
                new RowGroup(3, 0, 5, PackedRuns.of(List.of(new RowRun(9, 100, 0, 2)))),
                new RowGroup(4, 5, 1, PackedRuns.NONE)));

    assertThat(StagedDetails.parse(details.toJson())).isEqualTo(details);
  }

  @Test
  void chosenRowsFallIntoTheLongestStretches() {
    List<Run> runs = List.of(new Run(1, 50, 3), new Run(2, 0, 4));

    assertThat(RowRuns.all(runs)).containsExactly(new RowRun(1, 50, 0, 3), new RowRun(2, 0, 3, 4));
    assertThat(RowRuns.at(new int[] {0, 1, 2, 3, 4, 6}, runs))
        .containsExactly(new RowRun(1, 50, 0, 3), new RowRun(2, 0, 3, 2), new RowRun(2, 3, 6, 1));
    assertThat(RowRuns.at(new int[] {5}, runs)).containsExactly(new RowRun(2, 2, 5, 1));
  }
}
