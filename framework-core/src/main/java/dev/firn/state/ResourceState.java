package dev.firn.state;

import dev.firn.error.FirnException;
import dev.firn.state.LoadedWindows.Entry;
import java.util.Optional;

/**
 * The state of one resource of one pipeline, a value of the root table's property {@link #key}.
 *
 * @param version grows by one with each commit
 * @param files what a file source tracks, opaque here
 * @param windows what a resource with windows of time has loaded
 * @param loadId the load that wrote it
 */
public record ResourceState(
    long version,
    Optional<CursorState> cursor,
    Optional<String> files,
    LoadedWindows windows,
    String loadId) {
  /** The state before the first load. */
  public static final ResourceState NONE =
      new ResourceState(0, Optional.empty(), Optional.empty(), "");

  /** What the properties of all states begin with. */
  public static final String PREFIX = "firn.state.";

  /** The state of a resource without windows. */
  public ResourceState(
      long version, Optional<CursorState> cursor, Optional<String> files, String loadId) {
    this(version, cursor, files, LoadedWindows.NONE, loadId);
  }

  /** The table property that holds the state: {@code firn.state.<pipeline>.<resource>}. */
  public static String key(String pipeline, String resource) {
    return PREFIX + pipeline + "." + resource;
  }

  /** The part that a load without windows reads and moves on. */
  public Slice slice() {
    return new Slice(cursor, files);
  }

  /** The part that a load of one window reads and moves on. */
  public Slice slice(LoadedWindows.Window window) {
    return new Slice(Optional.empty(), Optional.empty(), Optional.of(windows.entry(window)));
  }

  /** The part of this state that another state's slice is. */
  public Slice sliceLike(Slice other) {
    return other.window().map(entry -> slice(entry.window())).orElseGet(this::slice);
  }

  /** This state after a load: the version one higher, the slice replaced. */
  public ResourceState advance(Slice slice, String byLoad) {
    return slice
        .window()
        .map(entry -> new ResourceState(version + 1, cursor, files, windows.with(entry), byLoad))
        .orElseGet(
            () -> new ResourceState(version + 1, slice.cursor(), slice.files(), windows, byLoad));
  }

  /** This state with nothing remembered but its version, which is one higher. */
  public ResourceState forgotten(String byChange) {
    return new ResourceState(version + 1, Optional.empty(), Optional.empty(), byChange);
  }

  /** This state with the content of another; the version is one higher than both. */
  public ResourceState replacedBy(ResourceState other, String byChange) {
    return new ResourceState(
        Math.max(version, other.version) + 1, other.cursor, other.files, other.windows, byChange);
  }

  /** Whether another state remembers the same, whatever its version and whoever wrote it. */
  public boolean remembers(ResourceState other) {
    return slice().equals(other.slice()) && windows.equals(other.windows);
  }

  /**
   * What two loads of one resource may not both move: cursor and files, or one window.
   *
   * @param window the window of a load that has one; its cursor and files are empty
   */
  public record Slice(
      Optional<CursorState> cursor, Optional<String> files, Optional<Entry> window) {
    public static final Slice NONE = new Slice(Optional.empty(), Optional.empty());

    /** The slice of a load without windows. */
    public Slice(Optional<CursorState> cursor, Optional<String> files) {
      this(cursor, files, Optional.empty());
    }

    /** As JSON text. */
    public String toJson() {
      return StateJson.write(this);
    }

    /**
     * Reads {@link #toJson}.
     *
     * @throws FirnException as {@link ResourceState#parse} does
     */
    public static Slice parse(String json) {
      return StateJson.slice(json);
    }
  }

  /** The JSON text of the property. */
  public String toJson() {
    return StateJson.write(this);
  }

  /**
   * Reads the property's text.
   *
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} when it is no state, {@code
   *     INVALID_CONFIG} when a newer Firn wrote it
   */
  public static ResourceState parse(String json) {
    return StateJson.state(json);
  }
}
