package dev.firn.destination;

/** What a destination can do beyond the minimum; the others refuse with a clear message. */
public enum Capability {
  MERGE,
  NESTED_NAMESPACES,
  MULTI_TABLE_COMMIT,
  BRANCHES,
  FORMAT_V3,
  RENAME_TABLE
}
