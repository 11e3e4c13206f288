package dev.firn.files.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.files.RecordingSink;
import dev.firn.source.RecordSink;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final RecordSink sink = new RecordingSink();

  @Test
  void aRecordThatIsReadTwiceIsOneOfThoseThatMayBeLeftOut() {
    Faults faults = new Faults(true, 1);

    faults.report(fault("a.jsonl:2:1"), sink);
    faults.report(fault("a.jsonl:2:1"), sink);

    assertThat(faults.leftOut()).containsExactly("Left out a.jsonl:2:1: found nothing");
    assertThatThrownBy(() -> faults.report(fault("a.jsonl:3:1"), sink))
        .hasMessageContaining("More than 1 records cannot be read (max-errors)");
  }

  @Test
  void theFirstRecordsInTheOrderOfTheInputAreNamed() {
    Faults faults = new Faults(true, Faults.UNBOUNDED);

    for (int line = 30; line > 0; line--) {
      faults.report(fault("a.jsonl:" + line + ":1"), sink);
    }

    assertThat(faults.leftOut()).hasSize(11);
    assertThat(faults.leftOut().get(1)).isEqualTo("Left out a.jsonl:2:1: found nothing");
    assertThat(faults.leftOut().get(9)).isEqualTo("Left out a.jsonl:10:1: found nothing");
  }

  private static FirnException fault(String place) {
    return new FirnException(ErrorCode.MALFORMED_DATA, place + ": found nothing", "");
  }
}
