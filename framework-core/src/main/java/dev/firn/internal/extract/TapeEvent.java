package dev.firn.internal.extract;

/** What one entry of a tape says; its payload follows. */
enum TapeEvent {
  BEGIN_RECORD,
  END_RECORD,
  REJECT,
  BEGIN_OBJECT,
  END_OBJECT,
  BEGIN_LIST,
  END_LIST,
  KEY,
  KNOWN_KEY,
  NOTHING,
  TRUE,
  FALSE,
  INTEGER,
  REAL,
  DECIMAL,
  NUMBER,
  STRING,
  CELL,
  TEXT,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  DATE,
  TIME,
  BINARY,
  UUID,
  PADDED;

  private static final TapeEvent[] ALL = values();

  /** The byte on a tape; tapes do not outlive the process, so that the order of events is free. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }

  static TapeEvent of(byte number) {
    return ALL[number];
  }
}
