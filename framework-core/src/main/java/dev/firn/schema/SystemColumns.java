package dev.firn.schema;

/** Names of the columns that Firn adds. Which table has which: {@code docs/ARCHITECTURE.md}. */
public final class SystemColumns {
  /** What every system column begins with; source keys that do so get a trailing {@code x}. */
  public static final String PREFIX = "_firn_";

  /** The load that brought the row; on every root. String. */
  public static final String LOAD_ID = "_firn_load_id";

  /** The row's id, on tables with child rows. String, unique in its table. */
  public static final String ID = "_firn_id";

  /** The parent row's {@link #ID}, on child tables. String. */
  public static final String PARENT_ID = "_firn_parent_id";

  /** The position in the parent's list, from 0, on child tables. Long. */
  public static final String LIST_INDEX = "_firn_list_idx";

  /** The root row's {@link #ID}, on child tables below the first level. String. */
  public static final String ROOT_ID = "_firn_root_id";

  /** Hash of the whole record as loaded, on merge roots. Long. */
  public static final String ROW_HASH = "_firn_row_hash";

  /** The file that a root row comes from, where the resource asks for it. String. */
  public static final String FILE = "_firn_file";

  /** The place of a root row's record in its file, from 1. Long. */
  public static final String ROW = "_firn_row";

  /** When that file was changed last. Timestamp. */
  public static final String MODIFIED = "_firn_modified";

  private SystemColumns() {}

  /**
   * Whether only Firn may make a column of this name. A source key of such a name gets a trailing
   * {@code x}; what ends so is free, but for {@link #LIST_INDEX}.
   */
  public static boolean reserved(String name) {
    return name.startsWith(PREFIX) && (!name.endsWith("x") || name.equals(LIST_INDEX));
  }
}
