package dev.firn.internal.run;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.WindowCalendar.Range;
import dev.firn.load.WriteDisposition;
import dev.firn.source.PartitionWindow;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.state.LoadedWindows.Entry;
import dev.firn.state.LoadedWindows.Progress;
import dev.firn.state.LoadedWindows.Window;
import dev.firn.state.ResourceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which windows of a partitioned resource there are to load at a moment. */
public final class Windows {
  private final ResourceSpec resource;
  private final PartitionsSpec spec;
  private final WindowCalendar calendar;
  private final Instant now;

  /**
   * @param resource one with partitions
   */
  public Windows(ResourceSpec resource, Instant now) {
    this.resource = resource;
    this.spec = resource.partitions().orElseThrow();
    this.calendar = new WindowCalendar(spec);
    this.now = now;
  }

  /** The windows that have begun, of a range or all of them. */
  public List<PartitionWindow> begun(Optional<String> range) {
    if (range.isEmpty()) {
      return calendar.until(now);
    }
    Range asked = calendar.range(range.get());
    Range past = new Range(asked.start(), asked.end().isBefore(now) ? asked.end() : now);
    List<PartitionWindow> windows = calendar.within(past);
    if (windows.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Resource %s has no partition in %s yet.".formatted(resource.name(), range.get()),
          "Its partitions start at %s and end now.".formatted(spec.start()));
    }
    return windows;
  }

  /**
   * Whether a window is to be loaded: it is not done, and it is over, or may be loaded before
   * because the next load finds what was loaded then.
   *
   * @param loaded how far it is
   */
  boolean isDue(PartitionWindow window, Progress loaded) {
    boolean again = resource.disposition() != WriteDisposition.APPEND;
    return loaded != Progress.DONE && (isOver(window) || again);
  }

  /** Whether no more records of the window are waited for. */
  private boolean isOver(PartitionWindow window) {
    Instant end = spec.lag().map(lag -> window.end().plus(lag)).orElse(window.end());
    return !end.isAfter(now);
  }

  /** The state's slice after a load of the window. */
  ResourceState.Slice after(PartitionWindow window) {
    Entry entry = new Entry(span(window), isOver(window) ? Progress.DONE : Progress.OPEN);
    return new ResourceState.Slice(Optional.empty(), Optional.empty(), Optional.of(entry));
  }

  /** The window as the state knows it. */
  public static Window span(PartitionWindow window) {
    return new Window(window.start(), window.end());
  }
}
