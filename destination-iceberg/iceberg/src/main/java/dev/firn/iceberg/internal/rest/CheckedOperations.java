package dev.firn.iceberg.internal.rest;

import dev.firn.iceberg.internal.catalog.ForwardedOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.jspecify.annotations.Nullable;

/** A table's operations, which tell what each commit was built on. */
final class CheckedOperations extends ForwardedOperations {
  CheckedOperations(TableOperations inner) {
    super(inner);
  }

  @Override
  public void commit(@Nullable TableMetadata replaced, TableMetadata metadata) {
    if (replaced == null) {
      super.commit(null, metadata);
    } else {
      CommitBase.during(replaced, () -> super.commit(replaced, metadata));
    }
  }
}
