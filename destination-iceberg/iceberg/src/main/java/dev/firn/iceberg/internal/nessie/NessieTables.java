package dev.firn.iceberg.internal.nessie;

import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.PublishingCatalog;
import dev.firn.iceberg.internal.io.AnyFileIO;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.nessie.NessieCatalog;
import org.apache.iceberg.nessie.NessieIcebergClient;

/** The tables of one branch. */
final class NessieTables extends NessieCatalog implements PublishingCatalog {
  private final LoadBranch branch;

  private NessieTables(LoadBranch branch) {
    this.branch = branch;
  }

  static NessieTables on(LoadBranch branch, CatalogConfig config, Map<String, String> properties) {
    String files = properties.getOrDefault("io-impl", AnyFileIO.class.getName());
    FileIO io = CatalogUtil.loadFileIO(files, properties, null);
    NessieTables tables = new NessieTables(branch);
    NessieIcebergClient client =
        new NessieIcebergClient(branch.api(), branch.name(), null, properties);
    try {
      tables.initialize(config.name(), client, io, properties);
    } catch (RuntimeException e) {
      io.close();
      throw e;
    }
    return tables;
  }

  /** The tables of the namespace itself; Nessie's answer has those of namespaces below it too. */
  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return super.listTables(namespace).stream()
        .filter(table -> table.namespace().equals(namespace))
        .toList();
  }

  @Override
  public Optional<String> publish() {
    return branch.merge();
  }

  @Override
  public void withdraw() {
    branch.withdraw();
  }
}
