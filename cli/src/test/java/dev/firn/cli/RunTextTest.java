package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTextTest {
  private static final PipelineSpec PIPELINE =
      new PipelineSpec(
          "p",
          Path.of(""),
          List.of(),
          new DestinationSpec(
              "iceberg", "local", JsonNodeFactory.instance.objectNode(), Optional.empty()),
          Evolution.DEFAULT,
          Limits.DEFAULT);
  private static final FirnException FAILURE =
      new FirnException(ErrorCode.MALFORMED_DATA, "a.jsonl:1:1:\nno record", "Correct it.");

  private static List<String> lines(ResourceReport... resources) {
    RunReport report =
        new RunReport(
            "01R",
            "p",
            Optional.empty(),
            "code",
            "failed",
            Instant.EPOCH,
            Instant.EPOCH,
            List.of(resources),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(FAILURE));
    return RunText.of(report, PIPELINE).lines().toList();
  }

  @Test
  void theLinesOfAFailureStandBelowItsResource() {
    assertThat(lines(ResourceReport.failed("r", FAILURE)))
        .contains(
            "  r  FAILED MALFORMED_DATA a.jsonl:1:1:", "     no record", "     hint: Correct it.");
  }

  @Test
  void aResourceThatIsInTheReportTwiceIsOne() {
    ResourceReport first = ResourceReport.notRun("r");

    assertThat(lines(first, ResourceReport.failed("r", FAILURE), ResourceReport.notRun("s")))
        .anyMatch(line -> line.startsWith("FAILED  0 of 2 resources loaded"));
  }
}
