import dev.firn.load.WriteDisposition;
import dev.firn.source.Resource;
import dev.firn.source.Setting;
import dev.firn.source.Source;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One reading of each sensor; running again replaces a sensor's reading by its newest. */
@Source(name = "sensors", description = "Readings that are made up")
public final class ReadingsSource {
  @Setting(defaultValue = "1")
  int sensors;

  /** A row: the names of its fields become the names of the columns. */
  public record Reading(String sensor, Instant at, double celsius) {}

  @Resource(
      table = "raw.readings",
      primaryKey = "sensor",
      writeDisposition = WriteDisposition.MERGE)
  public Stream<Reading> readings() {
    Instant now = Instant.now();
    return IntStream.rangeClosed(1, sensors)
        .mapToObj(n -> new Reading("s" + n, now, 20 + Math.sin(n)));
  }
}
