package dev.firn.iceberg.internal.commit;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.TableMetadata;

/**
 * One conditional swap of metadata, ready to be sent.
 *
 * @param base what it replaces; empty for a table that it creates
 */
record Proposal(
    BaseTransaction transaction,
    Optional<TableMetadata> base,
    RowChange rows,
    String operation,
    List<String> schemaChanges,
    boolean snapshot) {
  TableMetadata next() {
    return transaction.currentMetadata();
  }

  /** The metadata file that it is based on; the empty text for none. */
  String baseLocation() {
    return base.map(TableMetadata::metadataFileLocation).orElse("");
  }
}
