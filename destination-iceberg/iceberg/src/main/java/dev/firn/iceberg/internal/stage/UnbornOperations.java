package dev.firn.iceberg.internal.stage;

import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * Tells where the files of a table lie that no catalog knows yet; commits nothing.
 *
 * @param beside the table whose storage it shares
 */
record UnbornOperations(TableMetadata metadata, Table beside) implements TableOperations {
  @Override
  public FileIO io() {
    return beside.io();
  }

  @Override
  public TableMetadata current() {
    return metadata;
  }

  @Override
  public TableMetadata refresh() {
    return metadata;
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata next) {
    throw new UnsupportedOperationException("The table is not there yet.");
  }

  @Override
  public String metadataFileLocation(String file) {
    return metadata.location() + "/metadata/" + file;
  }

  @Override
  public LocationProvider locationProvider() {
    return LocationProviders.locationsFor(metadata.location(), metadata.properties());
  }
}
