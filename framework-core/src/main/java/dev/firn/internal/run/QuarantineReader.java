package dev.firn.internal.run;

import dev.firn.destination.LiveTable;
import dev.firn.destination.MetadataService;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.ReplaySpool.Stretch;
import dev.firn.load.LoadId;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.QuarantinedRecord;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.source.ReadRequest;
import dev.firn.source.RecordSink;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import dev.firn.state.ResourceState;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a resource has in quarantine. The loads whose rows it read are the state of the
 * replay, which the root holds from the commit on: rows that are there a second time, because the
 * first ones have not been removed yet, are never read again.
 */
final class QuarantineReader implements ResourceReader, AutoCloseable {
  private final Request request;
  private final Path folder;
  private final Set<String> fileColumns;
  private final Set<String> taken = new TreeSet<>();

  /** Loads that were replayed and whose rows have not been removed yet. */
  private final Set<String> notRemoved = new TreeSet<>();

  private @Nullable ReplaySpool spool;
  private List<Stretch> stretches = List.of();

  /**
   * What is to be read.
   *
   * @param table the resource's root
   * @param loads only what these put there; empty: everything
   */
  record Request(
      MetadataService metadata,
      String pipeline,
      ResourceSpec resource,
      TableName table,
      Set<LoadId> loads) {}

  QuarantineReader(Request request, Set<String> fileColumns, Path folder) {
    this.request = request;
    this.fileColumns = fileColumns;
    this.folder = folder;
  }

  /** The loads that a replay's state names: their rows are replayed. */
  static Set<LoadId> replayed(Optional<String> state) {
    return state.stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .filter(id -> !id.isEmpty())
        .map(LoadId::new)
        .collect(Collectors.toSet());
  }

  @Override
  public boolean replayable() {
    return true;
  }

  @Override
  public String fingerprint() {
    return "quarantine of " + request.table();
  }

  @Override
  public Set<String> fileColumns() {
    return fileColumns;
  }

  @Override
  public SplitStream open(ReadRequest reading) {
    ReplaySpool rows = spool;
    if (rows == null) {
      rows = fill(replayed(reading.tracking()));
    }
    return new Rows(rows, stretches, reading);
  }

  private ReplaySpool fill(Set<LoadId> done) {
    ReplaySpool rows = new ReplaySpool(folder);
    spool = rows;
    TableName quarantine = QuarantineTable.of(request.table());
    Optional<LiveTable> there = request.metadata().current(quarantine);
    if (there.isEmpty()) {
      return rows;
    }
    Optional<String> newest = newest(there.get());
    try (Stream<String> all = request.metadata().rows(quarantine)) {
      all.forEach(
          row -> {
            QuarantinedRecord record = QuarantineRow.read(row);
            if (done.contains(record.loadId())) {
              notRemoved.add(record.loadId().value());
            } else if (wanted(record, newest)) {
              rows.add(record.loadId(), row);
              taken.add(record.loadId().value());
            }
          });
    }
    stretches = rows.finish();
    return rows;
  }

  private boolean wanted(QuarantinedRecord record, Optional<String> newest) {
    return record.resource().equals(request.resource().origin())
        && (request.loads().isEmpty() || request.loads().contains(record.loadId()))
        && newest.map(record.loadId().value()::equals).orElse(true);
  }

  /**
   * The load whose rows alone belong to a table that is replaced.
   *
   * @throws FirnException {@code COMMIT_CONFLICT} when the quarantine holds a load that the root
   *     does not have yet
   */
  private Optional<String> newest(LiveTable quarantine) {
    String origin = request.resource().origin();
    ResourceState root =
        request
            .metadata()
            .current(request.table())
            .flatMap(table -> table.state(request.pipeline(), origin))
            .orElse(ResourceState.NONE);
    ResourceState aside = quarantine.state(request.pipeline(), origin).orElse(ResourceState.NONE);
    if (aside.version() > root.version()) {
      throw new FirnException(
          ErrorCode.COMMIT_CONFLICT,
          "Load %s of resource %s is not finished: what it put into %s is no news yet."
              .formatted(aside.loadId(), origin, quarantine.schema().name()),
          "Run the pipeline once, then replay.");
    }
    return request.resource().disposition() == WriteDisposition.REPLACE
        ? Optional.of(root.loadId())
        : Optional.empty();
  }

  @Override
  public void close() {
    if (spool != null) {
      spool.close();
      spool = null;
    }
  }

  /** The splits of one reading. */
  private final class Rows implements SplitStream {
    private final ReplaySpool rows;
    private final Iterator<Stretch> left;
    private final ReadRequest reading;
    private long ordinal;

    Rows(ReplaySpool rows, List<Stretch> stretches, ReadRequest reading) {
      this.rows = rows;
      this.left = stretches.iterator();
      this.reading = reading;
    }

    @Override
    public Optional<Split> next() {
      while (left.hasNext()) {
        Stretch stretch = left.next();
        long number = ordinal++;
        if (reading.wanted().test(number)) {
          return Optional.of(new Records(number, stretch.bytes(), rows.read(stretch)));
        }
      }
      return Optional.empty();
    }

    @Override
    public Optional<String> tracking(Set<String> leftOut) {
      Set<String> all = new TreeSet<>(taken);
      all.addAll(notRemoved);
      return taken.isEmpty() ? Optional.empty() : Optional.of(String.join(",", all));
    }
  }

  private record Records(long ordinal, long bytes, List<QuarantinedRecord> records)
      implements Split {
    @Override
    public String group() {
      return "quarantine";
    }

    @Override
    public String place(long position) {
      return records.get((int) position).source();
    }

    @Override
    public Optional<String> text(long position) {
      return Optional.of(records.get((int) position).payload());
    }

    @Override
    public void read(RecordSink sink) {
      for (int i = 0; i < records.size(); i++) {
        read(records.get(i), i, sink);
      }
    }

    /** A record that cannot be loaded stays where it is, for its old or a new reason. */
    private static void read(QuarantinedRecord record, int position, RecordSink sink) {
      try {
        sink.beginRecord(position);
        if (record.rule().equals(QuarantineTable.UNREADABLE)) {
          throw new FirnException(ErrorCode.MALFORMED_DATA, record.reason(), "");
        }
        PayloadEvents.send(record.payload(), sink);
        sink.endRecord();
      } catch (FirnException e) {
        if (e.code().exitCode() != 1 || e.code() == ErrorCode.BUG) {
          throw e.at(record.source());
        }
        sink.reject(e);
      }
    }
  }
}
