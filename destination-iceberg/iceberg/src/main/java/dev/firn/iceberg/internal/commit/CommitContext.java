package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import java.nio.file.Path;

/** What all table commits of one package share. */
record CommitContext(
    Tables tables, LoadPackage load, Path folder, LoadObserver observer, Pause pause) {
  SentCommits sent() {
    return new SentCommits(folder);
  }
}
