package dev.firn.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which stretches of time a resource has loaded, window by window. Neighbours that are done are
 * kept as one, so that years of days stay one entry.
 *
 * @param done apart from each other, in their order
 * @param open windows that were loaded before they were over
 */
public record LoadedWindows(List<Window> done, Set<Window> open) {
  public static final LoadedWindows NONE = new LoadedWindows(List.of(), Set.of());

  public LoadedWindows {
    done = List.copyOf(done);
    open = Collections.unmodifiableSet(new TreeSet<>(open));
  }

  /**
   * A stretch of time.
   *
   * @param end the first moment after it
   */
  public record Window(Instant start, Instant end) implements Comparable<Window> {
    boolean covers(Window other) {
      return !other.start.isBefore(start) && !other.end.isAfter(end);
    }

    boolean meets(Window other) {
      return start.isBefore(other.end) && other.start.isBefore(end);
    }

    private boolean touches(Window other) {
      return !start.isAfter(other.end) && !other.start.isAfter(end);
    }

    @Override
    public int compareTo(Window other) {
      return Comparator.comparing(Window::start).thenComparing(Window::end).compare(this, other);
    }
  }

  /** How far a window is. */
  public enum Progress {
    NONE,
    /** Loaded while it was not over. */
    OPEN,
    DONE
  }

  /** One window's part of the state. */
  public record Entry(Window window, Progress progress) {}

  /** How far a window is; it is done when all of it is, whatever windows it was loaded in. */
  public Entry entry(Window window) {
    if (done.stream().anyMatch(each -> each.covers(window))) {
      return new Entry(window, Progress.DONE);
    }
    return new Entry(window, open.contains(window) ? Progress.OPEN : Progress.NONE);
  }

  /** The same with one window further. */
  public LoadedWindows with(Entry entry) {
    Window window = entry.window();
    return switch (entry.progress()) {
      case NONE -> without(window);
      case OPEN -> {
        LoadedWindows rest = without(window);
        Set<Window> more = new TreeSet<>(rest.open);
        more.add(window);
        yield new LoadedWindows(rest.done, more);
      }
      case DONE -> {
        Set<Window> fewer = new TreeSet<>(open);
        fewer.removeIf(window::covers);
        yield new LoadedWindows(joined(window), fewer);
      }
    };
  }

  private List<Window> joined(Window window) {
    List<Window> apart = new ArrayList<>();
    Window whole = window;
    for (Window each : done) {
      if (each.touches(whole)) {
        whole = new Window(earlier(each.start, whole.start), later(each.end, whole.end));
      } else {
        apart.add(each);
      }
    }
    apart.add(whole);
    Collections.sort(apart);
    return apart;
  }

  /** The same as if a stretch of time had never been loaded. */
  public LoadedWindows without(Window gone) {
    List<Window> rest = new ArrayList<>();
    for (Window each : done) {
      if (!each.meets(gone)) {
        rest.add(each);
        continue;
      }
      if (each.start.isBefore(gone.start)) {
        rest.add(new Window(each.start, gone.start));
      }
      if (gone.end.isBefore(each.end)) {
        rest.add(new Window(gone.end, each.end));
      }
    }
    Set<Window> fewer = new TreeSet<>(open);
    fewer.removeIf(gone::meets);
    return new LoadedWindows(rest, fewer);
  }

  /** Whether nothing was loaded by windows. */
  public boolean isEmpty() {
    return done.isEmpty() && open.isEmpty();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
