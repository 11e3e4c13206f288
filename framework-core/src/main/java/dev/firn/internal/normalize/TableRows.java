package dev.firn.internal.normalize;

import dev.firn.schema.TableName;
import dev.firn.source.RecordSink;
import java.util.Map;

/** Sends rows that are there as records. */
public interface TableRows {
  /**
   * Sends all rows of a table, each an object with these columns alone.
   *
   * @param columns the names that they have in the table, each with the one it is sent under
   */
  void send(TableName table, Map<String, String> columns, RecordSink sink);
}
