package dev.firn.iceberg.internal;

import dev.firn.destination.Capability;
import dev.firn.destination.Destination;
import dev.firn.destination.MetadataService;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.destination.Upkeep;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.PublishingCatalog;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import dev.firn.iceberg.internal.catalog.OpenCatalog;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.commit.ForgottenRows;
import dev.firn.iceberg.internal.commit.PackageCommit;
import dev.firn.iceberg.internal.commit.PackageDiscard;
import dev.firn.iceberg.internal.commit.Pause;
import dev.firn.iceberg.internal.commit.TableUpkeep;
import dev.firn.iceberg.internal.metadata.IcebergMetadata;
import dev.firn.iceberg.internal.metadata.TargetSchema;
import dev.firn.iceberg.internal.stage.DeleteModes;
import dev.firn.iceberg.internal.stage.IcebergStaging;
import dev.firn.iceberg.internal.stage.StagedFiles;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.Lease;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.exceptions.NotFoundException;

/** Tables of one Iceberg catalog. */
public final class IcebergDestination implements Destination {
  private final OpenCatalog opened;
  private final Tables tables;
  private final Pause pause;

  public IcebergDestination(OpenCatalog opened) {
    this(opened, Pause.JITTERED);
  }

  /** As the shorter one, with its own way to wait between two rounds of a commit. */
  public IcebergDestination(OpenCatalog opened, Pause pause) {
    this.opened = opened;
    this.tables = new Tables(opened);
    this.pause = pause;
  }

  @Override
  public String identity() {
    return opened.identity();
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> all = EnumSet.allOf(Capability.class);
    all.removeIf(opened.capabilities()::lacks);
    return all;
  }

  @Override
  public MetadataService metadata() {
    return new IcebergMetadata(tables);
  }

  @Override
  public Upkeep upkeep() {
    return new TableUpkeep(tables, pause);
  }

  @Override
  public void check(TableSchema target, boolean exists) {
    TargetSchema.check(tables, target, exists);
  }

  @Override
  public Staging stage(StagingPlan plan) {
    tables.requireFormat(plan.root(), plan.settings().formatVersion());
    if (plan.rules().deleteMode().isPresent()) {
      DeleteModes.require(plan.root().toString(), formatVersion(plan), plan.rules().deleteMode());
    }
    return new IcebergStaging(tables, plan);
  }

  /** The one that the root has or is to have. */
  private int formatVersion(StagingPlan plan) {
    int now = tables.load(plan.root()).map(TableUtil::formatVersion).orElse(2);
    return Math.max(now, plan.settings().formatVersion());
  }

  @Override
  public CommitResult commit(LoadPackage load, Path folder, LoadObserver observer) {
    return commit(load, Optional.empty(), folder, observer);
  }

  @Override
  public CommitResult commit(LoadPackage load, Lease lease, Path folder, LoadObserver observer) {
    return commit(load, Optional.of(lease), folder, observer);
  }

  private CommitResult commit(
      LoadPackage load, Optional<Lease> lease, Path folder, LoadObserver observer) {
    requireStagedHere(load);
    try {
      return new PackageCommit(tables, load, lease, folder, observer, pause).run();
    } catch (NotFoundException e) {
      throw new FirnException(
          ErrorCode.UNREADABLE_PATH,
          "Load %s cannot be committed, a file is gone: %s"
              .formatted(load.loadId(), e.getMessage()),
          "Bring it back, or drop the package with: firn packages drop %s; a run loads it again."
              .formatted(load.loadId()),
          e);
    }
  }

  @Override
  public void discard(LoadPackage load, Path folder) {
    requireStagedHere(load);
    new PackageDiscard(tables, load, folder, pause).run();
  }

  @Override
  public long forget(TableName quarantine, Set<LoadId> loads, Instant before) {
    return new ForgottenRows(tables, quarantine, pause).remove(loads, before);
  }

  @Override
  public Optional<String> publish() {
    try {
      return opened.catalog() instanceof PublishingCatalog apart
          ? apart.publish()
          : Optional.empty();
    } catch (RuntimeException e) {
      throw CatalogFailure.of("Cannot publish what was loaded", e);
    }
  }

  private void requireStagedHere(LoadPackage load) {
    if (!load.destination().equals(identity())) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Load %s was staged for %s, not for %s."
              .formatted(load.loadId(), load.destination(), identity()),
          "Point the catalog back to where it was, or delete the folder of the package.");
    }
  }

  @Override
  public void discardUnsealed(Path folder) {
    new StagedFiles(tables).deleteAll(folder);
  }

  @Override
  public void close() {
    opened.close();
  }
}
