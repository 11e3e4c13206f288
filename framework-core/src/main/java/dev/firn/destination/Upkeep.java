package dev.firn.destination;

import dev.firn.load.LoadId;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes to tables that bring no rows. Whoever asks for one holds the lock of the pipeline and the
 * table.
 */
public interface Upkeep {
  /**
   * A change of what one resource remembers.
   *
   * @param key the table property, as {@link ResourceState#key} names it
   * @param mark tells this change from others: repeating it changes nothing
   * @param next the state that follows another; its load id is the mark
   */
  record StateChange(String key, LoadId mark, UnaryOperator<ResourceState> next) {}

  /**
   * Changes a state in one commit, whatever others commit meanwhile.
   *
   * @return the state after it
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} when there is no such table; else
   *     as a commit
   */
  ResourceState changeState(TableName root, StateChange change);

  /**
   * Takes all rows out of a root, its child tables and its quarantine, the root last, together with
   * changes of states. The tables and their history stay. What is left half done by a killed
   * process, the next load undoes.
   *
   * @param changes of all states in the root, with one mark; one that throws keeps the root as it
   *     is
   * @throws dev.firn.error.FirnException as {@link #changeState}, and what a change throws
   */
  void empty(TableName root, List<StateChange> changes);

  /**
   * Drops a root, its child tables and its quarantine with their files; nothing where there is
   * none.
   */
  void drop(TableName root);
}
