package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.stage.StagedDetails;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;

/** A staged file whose field ids and partition are right for the table as it is now. */
record FittedFile(StagedDetails details, DataFile file, PartitionSpec spec) {}
