package dev.firn.testkit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.OpenSource;
import dev.firn.source.ReadRequest;
import dev.firn.source.RecordSink;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A source of records that a test holds in its hands: JSON text, or Java values (maps, lists,
 * scalars of typed sources). Immutable; the {@code with} methods tell how it is read.
 */
public final class ListSource implements OpenSource {
  private final ResourceSpec resource;
  private final List<?> records;
  private final int cut;
  private final OnError onError;
  private final boolean sampling;

  /** What happens to a record that cannot be read. */
  public enum OnError {
    /** The load fails. */
    ABORT,
    /** The record is rejected. */
    CONTINUE,
    /** Its split is left out. */
    SKIP_SPLIT
  }

  private ListSource(
      ResourceSpec resource, List<?> records, int cut, OnError onError, boolean sampling) {
    this.resource = resource;
    this.records = records;
    this.cut = cut;
    this.onError = onError;
    this.sampling = sampling;
  }

  /** One split of JSON texts, one a record. */
  public static ListSource ofJson(ResourceSpec resource, List<String> records) {
    return new ListSource(resource, List.copyOf(records), Integer.MAX_VALUE, OnError.ABORT, false);
  }

  /** One split of JSON texts, one a record. */
  public static ListSource ofJson(ResourceSpec resource, String... records) {
    return ofJson(resource, List.of(records));
  }

  /** One split of Java values, one a record; a string is a string, not JSON. */
  public static ListSource ofValues(ResourceSpec resource, List<?> records) {
    List<Value> values = records.stream().map(Value::new).toList();
    return new ListSource(resource, values, Integer.MAX_VALUE, OnError.ABORT, false);
  }

  private record Value(Object value) {}

  /** The same records in splits of this many. */
  public ListSource withSplitsOf(int size) {
    return new ListSource(resource, records, size, onError, sampling);
  }

  /** The same records in another order. */
  public ListSource shuffled(long seed) {
    List<Object> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(seed));
    return new ListSource(resource, shuffled, cut, onError, sampling);
  }

  public ListSource withOnError(OnError other) {
    return new ListSource(resource, records, cut, other, sampling);
  }

  /** The same, offering its first and last split as samples. */
  public ListSource withSamples() {
    return new ListSource(resource, records, cut, onError, true);
  }

  /** The same reading for another resource. */
  public ListSource withResource(ResourceSpec other) {
    return new ListSource(other, records, cut, onError, sampling);
  }

  @Override
  public List<ResourceSpec> resources() {
    return List.of(resource);
  }

  @Override
  public ResourceReader reader(ResourceSpec wanted) {
    return new Reader();
  }

  private List<Split> splits() {
    List<Split> splits = new ArrayList<>();
    for (int from = 0; from < records.size(); from += Math.min(cut, records.size())) {
      int to = (int) Math.min(records.size(), (long) from + cut);
      splits.add(new Piece(splits.size(), from, records.subList(from, to), onError));
    }
    return splits;
  }

  private final class Reader implements ResourceReader {
    @Override
    public boolean replayable() {
      return true;
    }

    @Override
    public boolean skipsBrokenGroups() {
      return onError == OnError.SKIP_SPLIT;
    }

    @Override
    public SplitStream open(ReadRequest request) {
      Iterator<Split> wanted =
          splits().stream().filter(split -> request.wanted().test(split.ordinal())).iterator();
      return () -> wanted.hasNext() ? Optional.of(wanted.next()) : Optional.empty();
    }

    @Override
    public List<Split> samples(ReadRequest request) {
      List<Split> all = splits();
      return !sampling || all.isEmpty() ? List.of() : List.of(all.get(0), all.get(all.size() - 1));
    }
  }

  /** Some of the records. */
  private record Piece(long ordinal, int first, List<?> records, OnError onError) implements Split {
    @Override
    public String group() {
      return "split " + ordinal;
    }

    @Override
    public long bytes() {
      return records.size();
    }

    @Override
    public void read(RecordSink sink) {
      for (int i = 0; i < records.size(); i++) {
        read(records.get(i), first + i, sink);
      }
    }

    private void read(Object record, int position, RecordSink sink) {
      try {
        sink.beginRecord(position);
        if (record instanceof Value typed) {
          ValueEvents.send(typed.value(), sink);
        } else {
          JsonEvents.send((String) record, sink);
        }
        sink.endRecord();
      } catch (FirnException e) {
        if (onError != OnError.CONTINUE || e.code() == ErrorCode.CONTRACT_FROZEN) {
          throw e;
        }
        sink.reject(e);
      }
    }
  }
}
