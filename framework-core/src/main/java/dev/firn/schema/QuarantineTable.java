package dev.firn.schema;

import dev.firn.schema.DataType.Simple;
import java.util.List;

/**
 * The table beside a root that keeps records which were not loaded: {@code <table>__quarantine}, a
 * row a record. Besides these columns it has {@link SystemColumns#LOAD_ID}, the load that put the
 * row there.
 */
public final class QuarantineTable {
  /** What its name has behind the root's. */
  public static final String SUFFIX = "quarantine";

  /** The record as JSON; the text of one that could not be read. String. */
  public static final String PAYLOAD = "payload";

  /** Why it was not loaded, in words. String. */
  public static final String REASON = "reason";

  /** The first rule that kept it out, such as {@code min 20}, or {@link #UNREADABLE}. String. */
  public static final String RULE = "rule";

  /** The column that the rule is of, where it is of one. String. */
  public static final String COLUMN = "column_name";

  /** Where the record stands: {@code file:line}, or what the source can say. String. */
  public static final String SOURCE = "source";

  /** The resource that brought the record. String. */
  public static final String RESOURCE = "resource";

  /** When the load that put the row there began. Timestamp. */
  public static final String TIME = "quarantined_at";

  /** The {@link #RULE} of a record whose payload is no JSON. */
  public static final String UNREADABLE = "unreadable";

  private static final List<Column> COLUMNS =
      List.of(
          Column.of(PAYLOAD, Simple.STRING),
          Column.of(REASON, Simple.STRING),
          Column.of(RULE, Simple.STRING),
          Column.of(COLUMN, Simple.STRING),
          Column.of(RESOURCE, Simple.STRING),
          Column.of(SOURCE, Simple.STRING),
          Column.of(TIME, Simple.TIMESTAMP),
          Column.of(SystemColumns.LOAD_ID, Simple.STRING));

  private QuarantineTable() {}

  /** The name of a root's quarantine. */
  public static TableName of(TableName root) {
    return root.child(SUFFIX);
  }

  /** The schema of a root's quarantine. */
  public static TableSchema schema(TableName root) {
    return TableSchema.of(of(root), COLUMNS);
  }

  /** Whether a table is one, by its name and columns. */
  public static boolean is(TableSchema table) {
    return table.name().name().endsWith("__" + SUFFIX)
        && table.column(PAYLOAD).isPresent()
        && table.column(REASON).isPresent()
        && table.column(SystemColumns.LOAD_ID).isPresent();
  }
}
