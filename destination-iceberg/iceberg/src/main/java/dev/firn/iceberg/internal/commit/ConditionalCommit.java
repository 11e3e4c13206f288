package dev.firn.iceberg.internal.commit;

import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Sends one swap of metadata, once. Iceberg's own retry and clean-up are not used: after an answer
 * that was lost or wrong they can roll other writers back or delete manifests that are committed.
 */
final class ConditionalCommit {
  private ConditionalCommit() {}

  /**
   * Sends.
   *
   * @return nothing when it was applied
   * @throws FirnException or an Iceberg exception for a refusal that no other round can change
   */
  static Optional<Answer> send(Proposal proposal) {
    TableOperations operations = proposal.transaction().underlyingOps();
    try {
      operations.commit(proposal.base().orElse(null), proposal.next());
      return Optional.empty();
    } catch (CommitFailedException | AlreadyExistsException | ValidationException e) {
      return Optional.of(new Answer.Conflict(e));
    } catch (NoSuchTableException e) {
      if (proposal.base().isEmpty()) {
        throw e;
      }
      return Optional.of(new Answer.Conflict(e)); // dropped since: the next look finds out
    } catch (NoSuchNamespaceException | ForbiddenException | FirnException e) {
      throw e;
    } catch (RuntimeException e) {
      Function<RuntimeException, Answer> kind =
          CatalogFailure.isLocked(e) ? Answer.Locked::new : Answer.Unknown::new;
      return Optional.of(kind.apply(e));
    }
  }
}
