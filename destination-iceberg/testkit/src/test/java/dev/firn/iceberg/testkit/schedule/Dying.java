package dev.firn.iceberg.testkit.schedule;

import dev.firn.iceberg.testkit.KillSwitch;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.schema.TableName;

/** Passes the points of a run as calls. */
record Dying(KillSwitch power) implements LoadObserver {
  @Override
  public void sealed(LoadId load) {
    power.call();
  }

  @Override
  public void committing(LoadId load, TableName table) {
    power.call();
  }

  @Override
  public void committed(LoadId load, TableName table) {
    power.call();
  }
}
