package dev.firn.iceberg;

import dev.firn.destination.Capability;
import java.util.EnumSet;
import java.util.Set;
import org.apache.iceberg.types.Type;

/**
 * What a kind of catalog can do beyond holding tables. What it surely cannot is refused before
 * anything is written; what depends on the server that is asked is tried.
 *
 * <pre>{@code
 * CatalogCapabilities.of(Capability.NESTED_NAMESPACES, Capability.FORMAT_V3)
 *     .byServer(Capability.MULTI_TABLE_COMMIT)
 *     .reserving("@#")
 * }</pre>
 *
 * @param always what every catalog of the kind can do
 * @param byServer what depends on the server, or is not known
 * @param locks whether writers lock a table
 * @param letterCase what becomes of upper-case letters in names
 * @param refusedTypes types of columns that it cannot hold, whatever the format version
 * @param longestName the most letters that a table's name, or the levels of its namespace together,
 *     can have
 * @param reserved letters that no part of a name may have, because they mean something else there
 */
public record CatalogCapabilities(
    Set<Capability> always,
    Set<Capability> byServer,
    Locks locks,
    LetterCase letterCase,
    Set<Type.TypeID> refusedTypes,
    int longestName,
    String reserved) {

  /** Nothing is known: all is tried, and what the catalog refuses is told as it says it. */
  public static final CatalogCapabilities UNKNOWN =
      new CatalogCapabilities(
          Set.of(),
          EnumSet.allOf(Capability.class),
          Locks.BY_SERVER,
          LetterCase.BY_SERVER,
          Set.of(),
          Integer.MAX_VALUE,
          "");

  public CatalogCapabilities {
    always = Set.copyOf(always);
    byServer = Set.copyOf(byServer);
    refusedTypes = Set.copyOf(refusedTypes);
  }

  /** Whether a catalog can do something. */
  public enum Support {
    YES,
    NO,
    BY_SERVER
  }

  /** What keeps two writers of one table apart. */
  public enum Locks {
    /** The pointer to a table's metadata is swapped only if it is still the one that was read. */
    NONE,
    /** A lock is taken for each commit. */
    PER_COMMIT,
    BY_SERVER
  }

  /** What becomes of upper-case letters in names. */
  public enum LetterCase {
    KEPT,
    LOWERED,
    BY_SERVER
  }

  /**
   * A catalog that can do the given and nothing else, with names as they are written and without
   * locks.
   */
  public static CatalogCapabilities of(Capability... always) {
    Set<Capability> all = EnumSet.of(Capability.MERGE);
    all.addAll(Set.of(always));
    return new CatalogCapabilities(
        all, Set.of(), Locks.NONE, LetterCase.KEPT, Set.of(), Integer.MAX_VALUE, "");
  }

  /** The same, where these depend on the server. */
  public CatalogCapabilities byServer(Capability... some) {
    return new CatalogCapabilities(
        always, Set.of(some), locks, letterCase, refusedTypes, longestName, reserved);
  }

  public CatalogCapabilities with(Locks other) {
    return new CatalogCapabilities(
        always, byServer, other, letterCase, refusedTypes, longestName, reserved);
  }

  public CatalogCapabilities with(LetterCase other) {
    return new CatalogCapabilities(
        always, byServer, locks, other, refusedTypes, longestName, reserved);
  }

  /** The same without columns of these types. */
  public CatalogCapabilities refusing(Type.TypeID... types) {
    return new CatalogCapabilities(
        always, byServer, locks, letterCase, Set.of(types), longestName, reserved);
  }

  /** The same with names of no more letters. */
  public CatalogCapabilities longestName(int letters) {
    return new CatalogCapabilities(
        always, byServer, locks, letterCase, refusedTypes, letters, reserved);
  }

  /** The same without these letters in names. */
  public CatalogCapabilities reserving(String letters) {
    return new CatalogCapabilities(
        always, byServer, locks, letterCase, refusedTypes, longestName, letters);
  }

  /** Whether catalogs of the kind can do this. */
  public Support support(Capability capability) {
    return always.contains(capability)
        ? Support.YES
        : byServer.contains(capability) ? Support.BY_SERVER : Support.NO;
  }

  /** Whether it is certain that they cannot. */
  public boolean lacks(Capability capability) {
    return support(capability) == Support.NO;
  }
}
