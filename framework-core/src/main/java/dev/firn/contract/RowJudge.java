package dev.firn.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.internal.run.JudgedRow;
import java.util.List;

/**
 * Judges rows by the code that judges those of a load: what a value is read as, and which rules it
 * breaks. Belongs to one thread.
 */
public final class RowJudge implements AutoCloseable {
  private final JudgedRow rows;

  /**
   * Judges by this contract.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} when it names a column twice
   */
  public RowJudge(SchemaContract contract) {
    this.rows = new JudgedRow(contract);
  }

  /**
   * Every rule that a row breaks; none as a rule. Rules of more than one row ({@code unique},
   * checks of loads) have no say here.
   *
   * @param row an object
   * @throws dev.firn.error.FirnException for a row that no load would take, such as one with two
   *     spellings of a column
   */
  public List<Violation> judge(JsonNode row) {
    return rows.judge(row);
  }

  /**
   * What rows break, each by itself or as all rows of a load: the first 20 values, then checks that
   * do not hold, with the load as their column. There is no table that has rows already.
   *
   * @param rows objects
   * @throws dev.firn.error.FirnException as for single rows
   */
  public List<Violation> judge(List<JsonNode> rows) {
    return this.rows.judge(rows);
  }

  @Override
  public void close() {
    rows.close();
  }
}
