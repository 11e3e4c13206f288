package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.load.WriteDisposition;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceReader;
import dev.firn.source.SplitStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackingTest {
  private static final String KEYS = "{'path': '*.jsonl'}";
  private static final String BY_TIME = "{'path': '*.jsonl', 'track': {'by': 'modified'}}";

  @TempDir Path folder;

  /** What one run reads and remembers. */
  private record Run(List<String> records, Optional<String> state, boolean unchanged) {}

  @Test
  void anAddingLoadReadsEachStateOfAFileOnce() throws IOException {
    write("a", "1", 1);
    write("b", "2", 2);
    Run first = run(KEYS, WriteDisposition.APPEND, Optional.empty());
    Run same = run(KEYS, WriteDisposition.APPEND, first.state());
    write("b", "22", 2);
    write("c", "3", 3);
    Run second = run(KEYS, WriteDisposition.MERGE, first.state());
    Files.delete(folder.resolve("a.jsonl"));
    Run third = run(KEYS, WriteDisposition.APPEND, second.state());
    write("a", "1", 1);
    Run fourth = run(KEYS, WriteDisposition.APPEND, second.state());

    assertThat(first.records()).containsExactly("1", "2");
    assertThat(first.unchanged()).isFalse();
    assertThat(same).isEqualTo(new Run(List.of(), Optional.empty(), true));
    assertThat(second.records()).containsExactly("22", "3");
    assertThat(third.unchanged()).isTrue();
    assertThat(fourth.unchanged()).as("a folder that was away for a while").isTrue();
  }

  @Test
  void aReplacingLoadReadsAllFilesOrNone() throws IOException {
    write("a", "1", 1);
    write("b", "2", 2);
    Run first = run(KEYS, WriteDisposition.REPLACE, Optional.empty());
    Run same = run(KEYS, WriteDisposition.REPLACE, first.state());
    write("b", "3", 5);
    Run changed = run(KEYS, WriteDisposition.REPLACE, first.state());
    Files.delete(folder.resolve("a.jsonl"));
    Run vanished = run(KEYS, WriteDisposition.REPLACE, changed.state());
    Files.delete(folder.resolve("b.jsonl"));
    Run none = run(KEYS, WriteDisposition.REPLACE, vanished.state());

    assertThat(first.records()).containsExactly("1", "2");
    assertThat(same.unchanged()).isTrue();
    assertThat(changed.records()).containsExactly("1", "3");
    assertThat(vanished.records()).containsExactly("3");
    assertThat(vanished.unchanged()).isFalse();
    assertThat(none.unchanged()).as("a glob without files never replaces").isTrue();
  }

  @Test
  void aHighWaterMarkKeepsFilesOfTheSameTimeApart() throws IOException {
    write("a", "1", 10);
    write("b", "2", 20);
    Run first = run(BY_TIME, WriteDisposition.APPEND, Optional.empty());
    write("c", "3", 20);
    write("d", "4", 30);
    Run second = run(BY_TIME, WriteDisposition.APPEND, first.state());
    write("e", "5", 30);
    write("late", "6", 15);
    Run third = run(BY_TIME, WriteDisposition.APPEND, second.state());
    Run fourth = run(BY_TIME, WriteDisposition.APPEND, third.state());

    assertThat(first.records()).containsExactly("1", "2");
    assertThat(second.records()).containsExactly("3", "4");
    assertThat(third.records()).containsExactly("5");
    assertThat(fourth.unchanged()).isTrue();
  }

  @Test
  void withoutTrackingEverythingIsReadAndNothingRemembered() throws IOException {
    write("a", "1", 1);
    String keys = "{'path': '*.jsonl', 'track': 'none'}";

    Run run = run(keys, WriteDisposition.APPEND, Optional.empty());

    assertThat(run).isEqualTo(new Run(List.of("1"), Optional.empty(), false));
  }

  @Test
  void tooManyFilesAreRefusedWithTheWayOut() throws IOException {
    write("a", "1", 1);
    write("b", "2", 1);
    String keys = "{'path': '*.jsonl', 'track': {'max-files': 1}}";

    assertThatThrownBy(() -> run(keys, WriteDisposition.APPEND, Optional.empty()))
        .hasMessageContaining("2 files would be tracked")
        .extracting("hint")
        .asString()
        .contains("by: modified");
  }

  @Test
  void fingerprintsTellStatesOfFilesAndOptionsApart() throws IOException {
    write("a", "1", 1);
    String before = Reading.reader(folder, Reading.TUNING, KEYS).fingerprint();
    String other =
        Reading.reader(folder, Reading.TUNING, "{'path':'*.jsonl','on-error':'continue'}")
            .fingerprint();
    String same = Reading.reader(folder, Reading.TUNING, KEYS).fingerprint();
    write("a", "1", 2);
    String after = Reading.reader(folder, Reading.TUNING, KEYS).fingerprint();

    assertThat(same).isEqualTo(before).isNotBlank();
    assertThat(List.of(before, other, after)).doesNotHaveDuplicates();
  }

  @Test
  void aStateOfManyFilesIsShort() throws IOException {
    for (int i = 0; i < 300; i++) {
      write("f" + i, "1", i);
    }

    String state = run(KEYS, WriteDisposition.APPEND, Optional.empty()).state().orElseThrow();

    assertThat(state.length()).isLessThan(300 * 12);
    assertThat(run(KEYS, WriteDisposition.APPEND, Optional.of(state)).unchanged()).isTrue();
  }

  private Run run(String keys, WriteDisposition disposition, Optional<String> state) {
    ResourceReader reader = Reading.reader(folder, Reading.TUNING, keys);
    ReadRequest request = new ReadRequest(disposition, Optional.empty(), state, ordinal -> true);
    RecordingSink sink = new RecordingSink();
    SplitStream stream = reader.open(request);
    Reading.splits(stream).forEach(split -> split.read(sink));
    return new Run(sink.records, stream.tracking(Set.of()), stream.unchanged());
  }

  private void write(String name, String text, long second) throws IOException {
    Path file = folder.resolve(name + ".jsonl");
    Files.writeString(file, text + "\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1000 * second));
  }
}
