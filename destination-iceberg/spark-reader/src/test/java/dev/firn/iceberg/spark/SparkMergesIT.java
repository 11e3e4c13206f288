package dev.firn.iceberg.spark;

import dev.firn.iceberg.testkit.OutsideMergesSuite;
import dev.firn.iceberg.testkit.OutsideReader;
import dev.firn.iceberg.testkit.TableDigest;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Merged tables as Spark reads them, with its own vectorised readers and its own delete filter. */
class SparkMergesIT extends OutsideMergesSuite {
  @TempDir static Path folder;
  private static SparkProcess spark;

  @BeforeAll
  static void startSpark() throws IOException {
    spark = SparkProcess.start(folder);
  }

  @AfterAll
  static void endSpark() {
    spark.close();
  }

  @Override
  protected TableDigest digest(Table table) {
    return spark.digest(OutsideReader.metadata(table));
  }
}
