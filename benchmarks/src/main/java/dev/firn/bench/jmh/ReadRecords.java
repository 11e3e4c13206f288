package dev.firn.bench.jmh;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.bench.data.GenerateEvents;
import dev.firn.bench.data.GenerateTrips;
import dev.firn.contract.Evolution;
import dev.firn.files.FilesSourceProvider;
import dev.firn.internal.normalize.NormalizeWorker;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.load.LoadId;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.Limits;
import dev.firn.schema.TableName;
import dev.firn.source.OpenSource;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a file to Arrow vectors, on one thread: parsing alone, into a sink that forgets
 * everything, and with the normalizer behind it; milliseconds for about 20 MB. The difference is
 * the normalizer's part.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadRecords {
  private static final long EVENT_BYTES = 20_000_000;
  private static final long TRIPS = 120_000;
  private static final long SEED = 7;

  /** The file's name: its extension says its format. */
  @Param({"events.jsonl", "trips.jsonl", "trips.csv"})
  private String input = "";

  private final BufferAllocator allocator = new RootAllocator();
  private final Path folder = temporary();
  private final List<Split> splits = new ArrayList<>();
  private ResourceSpec resource = ResourceSpec.named("rows");

  private static Path temporary() {
    try {
      return Files.createTempDirectory("firn-read-records");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Setup
  public void cut() throws IOException {
    Path file = folder.resolve(input);
    if (input.startsWith("events")) {
      GenerateEvents.write(file, new GenerateEvents.Events(0, EVENT_BYTES, SEED, false));
    } else {
      GenerateTrips.write(file, TRIPS, SEED);
    }
    ObjectNode options = JsonNodeFactory.instance.objectNode().put("path", input);
    resource = ResourceSpec.named("rows").withOptions(options);
    SourceSpec source =
        new SourceSpec("bench", "files", JsonNodeFactory.instance.objectNode(), List.of(resource));
    OpenSource open =
        new FilesSourceProvider()
            .open(source, new SourceProvider.Context(folder, getClass().getClassLoader()));
    ResourceReader reader = open.reader(resource);
    try (SplitStream stream = reader.open(ReadRequest.everything(WriteDisposition.APPEND))) {
      for (Optional<Split> next = stream.next(); next.isPresent(); next = stream.next()) {
        splits.add(next.get());
      }
    }
  }

  @TearDown
  public void remove() throws IOException {
    Files.delete(folder.resolve(input));
    Files.delete(folder);
    allocator.close();
  }

  /** Tokens to events, which nobody keeps. */
  @Benchmark
  public long parse() {
    CountingSink sink = new CountingSink();
    splits.forEach(split -> split.read(sink));
    return sink.records();
  }

  /** Tokens to finished batches of Arrow vectors, which are thrown away. */
  @Benchmark
  public long parseAndNormalize() {
    Normalizer normalizer =
        new Normalizer(
            new Normalizer.Request(
                LoadId.next(Clock.systemUTC()),
                resource,
                TableName.parse("bench.rows"),
                Evolution.DEFAULT,
                List.of(),
                Optional.empty(),
                false,
                Limits.DEFAULT,
                Set.of(),
                spec -> {
                  throw new IllegalStateException("no contract, no validator " + spec.type());
                }),
            allocator);
    try (NormalizeWorker worker = normalizer.worker(set -> {})) {
      splits.forEach(worker::load);
      worker.flush();
      return worker.recordsRead();
    }
  }
}
