package dev.firn.iceberg.internal.doctor;

import dev.firn.destination.Capability;
import dev.firn.destination.Examination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogCapabilities.Support;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import dev.firn.iceberg.internal.catalog.OpenCatalog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes a namespace, a table and a row of its own, and takes them away again. */
final class ScratchSteps {
  static final String LIST = "list namespaces";

  private static final String NAMESPACE = "scratch namespace";
  private static final String STORAGE = "storage";
  private static final String TABLE = "scratch table";
  private static final String COMMIT = "commit";
  private static final String CLEAN_UP = "clean-up";

  private final OpenCatalog opened;
  private final String catalog;
  private final Examination examination;
  private final ScratchTable scratch;

  ScratchSteps(OpenCatalog opened, String catalog, Examination examination) {
    this.opened = opened;
    this.catalog = catalog;
    this.examination = examination;
    this.scratch = new ScratchTable(opened);
  }

  static void skipAll(Examination examination) {
    examination.step(LIST, "", () -> "");
    skipWrites(examination);
  }

  static void skipWrites(Examination examination) {
    List.of(NAMESPACE, STORAGE, TABLE, COMMIT)
        .forEach(step -> examination.step(step, "", () -> ""));
    examination.skip(CLEAN_UP, "nothing was made");
  }

  /** What was found out about capabilities of which only the server knows, by their names. */
  Map<String, String> run() {
    Map<String, String> found = new TreeMap<>();
    step(
        NAMESPACE,
        "a new namespace " + scratch.namespace(),
        "Grant the right to make namespaces; a load makes those that are missing.",
        scratch::createNamespace);
    step(
        STORAGE,
        "one byte to where " + scratch.name() + " would lie",
        "Let Firn write to the warehouse: see its location, storage keys and the rights there.",
        scratch::storeOneByte);
    step(
        TABLE,
        "a new table " + scratch.name(),
        "Grant the right to make tables; a load makes those that are missing.",
        scratch::createTable);
    step(
        COMMIT,
        "one row for " + scratch.name(),
        "Grant the right to write to tables.",
        scratch::commitOneRow);
    if (examination.healthy()) {
      tryOut(Capability.NESTED_NAMESPACES, "nested namespaces", scratch::nestNamespace, found);
      tryOut(Capability.FORMAT_V3, "format version 3", scratch::createVersion3, found);
    }
    examination.cleanUp(
        CLEAN_UP,
        "drops of all this",
        () ->
            told(
                "Cannot take away all of " + scratch.namespace(),
                "Drop what is left of it by hand.",
                scratch::takeAway));
    return found;
  }

  private void step(String name, String sends, String hint, Supplier<String> attempt) {
    String what = "Catalog '%s', %s".formatted(catalog, name);
    examination.step(name, sends, () -> told(what, hint, attempt));
  }

  private static String told(String what, String hint, Supplier<String> attempt) {
    try {
      return attempt.get();
    } catch (FirnException e) {
      throw e;
    } catch (RuntimeException e) {
      FirnException failure = CatalogFailure.of(what, e);
      boolean known = failure.code() != ErrorCode.DESTINATION_UNAVAILABLE;
      throw known
          ? failure
          : new FirnException(failure.code(), String.valueOf(failure.getMessage()), hint, e);
    }
  }

  private void tryOut(
      Capability capability, String name, Runnable attempt, Map<String, String> found) {
    if (opened.capabilities().support(capability) == Support.BY_SERVER) {
      try {
        attempt.run();
        found.put(name, "yes, tried");
      } catch (RuntimeException e) {
        found.put(name, "no, tried: " + CatalogFailure.of(name, e).getMessage());
      }
    }
  }
}
