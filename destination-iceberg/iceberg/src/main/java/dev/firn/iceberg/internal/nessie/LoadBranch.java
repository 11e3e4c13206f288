package dev.firn.iceberg.internal.nessie;

import static java.util.stream.Collectors.joining;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.util.Optional;
import org.projectnessie.client.api.NessieApiV2;
import org.projectnessie.error.NessieConflictException;
import org.projectnessie.error.NessieNotFoundException;
import org.projectnessie.error.NessieReferenceAlreadyExistsException;
import org.projectnessie.error.NessieReferenceConflictException;
import org.projectnessie.model.Branch;
import org.projectnessie.model.Reference;

/**
 * The branch that loads land on.
 *
 * @param base the branch that it is merged into when a run has succeeded; empty: it is not
 * @param made whether it was not there before
 */
record LoadBranch(NessieApiV2 api, String name, Optional<String> base, boolean made) {
  private static final int MOST_LISTED = 10;
  private static final String REF = "ref";
  private static final String BASE = "base";

  /**
   * Finds the branch that the settings name, or makes it.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is none, or it is a tag, or that which
   *     it is to be merged into is none
   */
  static LoadBranch prepare(NessieApiV2 api, BranchSettings settings, CatalogConfig config) {
    String usual = api.getConfig().getDefaultBranch();
    String name = settings.ref().orElse(usual);
    String base = settings.base().orElse(usual);
    if (settings.merge() && name.equals(base)) {
      throw refused(config, REF, "branch '%s' cannot be merged into itself".formatted(name));
    }
    if (settings.merge()) {
      existing(api, base, BASE, config);
    }
    Optional<String> target = settings.merge() ? Optional.of(base) : Optional.empty();
    if (settings.create() && find(api, name, REF, config).isEmpty()) {
      return new LoadBranch(api, name, target, create(api, name, base, config));
    }
    return new LoadBranch(api, existing(api, name, REF, config).getName(), target, false);
  }

  private static Branch existing(NessieApiV2 api, String name, String key, CatalogConfig config) {
    return find(api, name, key, config).orElseThrow(() -> missing(api, name, key, config));
  }

  /**
   * A branch, if it is there.
   *
   * @param key the setting that names it
   */
  private static Optional<Branch> find(
      NessieApiV2 api, String name, String key, CatalogConfig config) {
    try {
      Reference found = api.getReference().refName(name).get();
      if (found instanceof Branch branch) {
        return Optional.of(branch);
      }
      throw refused(config, key, "'%s' is a tag, but loads need a branch".formatted(name));
    } catch (NessieNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Makes the branch, unless another one is faster. */
  private static boolean create(NessieApiV2 api, String name, String base, CatalogConfig config) {
    Branch from = existing(api, base, BASE, config);
    try {
      api.createReference().sourceRefName(base).reference(Branch.of(name, from.getHash())).create();
      return true;
    } catch (NessieReferenceAlreadyExistsException faster) {
      existing(api, name, REF, config);
      return false;
    } catch (NessieNotFoundException | NessieConflictException e) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "Cannot open catalog '%s': branch '%s' cannot be made: %s"
              .formatted(config.name(), name, e.getMessage()),
          "Run again.",
          e);
    }
  }

  private static FirnException missing(
      NessieApiV2 api, String name, String key, CatalogConfig config) {
    String branches =
        api.getAllReferences().get().getReferences().stream()
            .filter(Branch.class::isInstance)
            .map(Reference::getName)
            .sorted()
            .limit(MOST_LISTED)
            .collect(joining(", "));
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Cannot open catalog '%s': there is no branch '%s'. Branches: %s."
            .formatted(config.name(), name, branches),
        "Correct catalogs.%s.%s%s."
            .formatted(
                config.name(), key, key.equals(REF) ? ", or set branch: create-if-missing" : ""));
  }

  private static FirnException refused(CatalogConfig config, String key, String why) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Cannot open catalog '%s': %s.".formatted(config.name(), why),
        "Correct catalogs.%s.%s.".formatted(config.name(), key));
  }

  /**
   * Merges the branch into its base, where the settings ask for it and it has something new.
   *
   * @return what was done, a sentence without its full stop
   * @throws FirnException {@code COMMIT_CONFLICT} when a table changed on both branches
   */
  Optional<String> merge() {
    return base.flatMap(this::mergeInto);
  }

  /** Takes the branch away again if it was made for this. */
  void withdraw() {
    if (!made) {
      return;
    }
    try {
      Reference branch = api.getReference().refName(name).get();
      api.deleteReference().reference(branch).delete();
    } catch (NessieNotFoundException | NessieConflictException e) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "Branch %s cannot be taken away: %s".formatted(name, e.getMessage()),
          "Drop it by hand.",
          e);
    }
  }

  private Optional<String> mergeInto(String target) {
    try {
      Branch from = (Branch) api.getReference().refName(name).get();
      Branch to = (Branch) api.getReference().refName(target).get();
      if (from.getHash().equals(to.getHash()) || !move(from, to)) {
        return Optional.empty();
      }
      return Optional.of("Merged branch %s into %s".formatted(name, target));
    } catch (NessieReferenceConflictException e) {
      throw conflict(target, NessieFailure.conflictingKeys(e), e);
    } catch (NessieNotFoundException | NessieConflictException e) {
      throw conflict(target, String.valueOf(e.getMessage()), e);
    }
  }

  // A branch without a commit has no ancestor in common with any other: it is moved instead.
  private boolean move(Branch from, Branch to)
      throws NessieNotFoundException, NessieConflictException {
    if (to.getHash().equals(api.getConfig().getNoAncestorHash())) {
      api.assignReference().reference(to).assignTo(from).assign();
      return true;
    }
    String before = to.getHash();
    String after =
        api.mergeRefIntoBranch().fromRef(from).branch(to).merge().getResultantTargetHash();
    return !before.equals(after);
  }

  private FirnException conflict(String target, String what, Exception cause) {
    return new FirnException(
        ErrorCode.COMMIT_CONFLICT,
        "Branch %s cannot be merged into %s: %s.".formatted(name, target, what),
        "The loads are on branch %s and stay there. Merge it by hand, or set ref to a new branch and load again."
            .formatted(name),
        cause);
  }
}
