package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import dev.firn.schema.TableName;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of one commit. A round looks first whether an earlier one was applied after all; nothing
 * is ever cleaned up here.
 */
final class CommitLoop {
  private static final Logger log = LoggerFactory.getLogger(CommitLoop.class);
  private static final int MOST_CONFLICTS = 40;
  private static final int MOST_UNKNOWN = 6;
  private static final int MOST_LOCKED = 3;

  private final TableName table;
  private final Pause pause;
  private int conflicts;
  private int locked;
  private int unknown;

  CommitLoop(TableName table, Pause pause) {
    this.table = table;
    this.pause = pause;
  }

  /**
   * Runs rounds until one is done.
   *
   * @throws FirnException {@code COMMIT_CONFLICT}, {@code CATALOG_LOCKED}, {@code OUTCOME_UNKNOWN}
   *     or what a round found wrong
   */
  Committed run(Supplier<Answer> round) {
    for (int number = 0; ; number++) {
      if (number > 0) {
        pause.before(number);
      }
      Answer answer = ask(round);
      if (answer instanceof Answer.Done done) {
        return done.committed();
      }
      again(answer);
    }
  }

  private Answer ask(Supplier<Answer> round) {
    try {
      return round.get();
    } catch (CommitFailedException | ValidationException e) {
      // found while the change was built: nothing was sent
      return new Answer.Conflict(e);
    } catch (PlanOutdated | TableAppeared | ChildrenTakenOut e) {
      throw e;
    } catch (FirnException e) {
      if (unknown > 0 && unreachable(e)) {
        return new Answer.Unknown(e);
      }
      throw e;
    } catch (RuntimeException e) {
      FirnException failure = CatalogFailure.of("Cannot commit to table " + table, e);
      if (unknown > 0) {
        return new Answer.Unknown(failure);
      }
      throw failure;
    }
  }

  private static boolean unreachable(FirnException failure) {
    return failure.code() == ErrorCode.DESTINATION_UNAVAILABLE
        || failure.code() == ErrorCode.CATALOG_LOCKED;
  }

  private void again(Answer answer) {
    log.debug("Table {}: another round after {}", table, answer);
    if (answer instanceof Answer.Conflict conflict && ++conflicts >= MOST_CONFLICTS) {
      throw exhausted(conflict.cause());
    } else if (answer instanceof Answer.Locked lock && ++locked >= MOST_LOCKED) {
      throw CatalogFailure.of("Cannot commit to table " + table, lock.cause());
    } else if (answer instanceof Answer.Unknown lost && ++unknown >= MOST_UNKNOWN) {
      throw new FirnException(
          ErrorCode.OUTCOME_UNKNOWN,
          "Table " + table + ": a commit was sent, but whether it was applied is not known.",
          "Run again when the catalog can be reached: the package is kept, and nothing is loaded twice.",
          lost.cause());
    }
  }

  private FirnException exhausted(RuntimeException cause) {
    return new FirnException(
        unknown > 0 ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.COMMIT_CONFLICT,
        "Table %s: other writers won %d rounds.".formatted(table, conflicts),
        "Run again when the table is written less: the package is kept.",
        cause);
  }
}
