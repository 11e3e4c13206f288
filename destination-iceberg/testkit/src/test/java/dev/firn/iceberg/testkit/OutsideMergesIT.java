package dev.firn.iceberg.testkit;

import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;

/** Merged tables as icebird reads them. */
class OutsideMergesIT extends OutsideMergesSuite {
  private OutsideReader reader;

  @BeforeEach
  void findReader() {
    reader = OutsideReader.orSkip();
  }

  @Override
  protected TableDigest digest(Table table) {
    return reader.digest(table);
  }
}
