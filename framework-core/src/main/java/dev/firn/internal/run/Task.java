package dev.firn.internal.run;

import dev.firn.contract.Evolution;
import dev.firn.destination.Destination;
import dev.firn.engine.Engine;
import dev.firn.internal.extract.ObjectsReader;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.schema.TableName;
import dev.firn.source.PartitionWindow;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.state.LoadedWindows.Entry;
import dev.firn.state.ResourceState;
import java.util.Optional;

/**
 * What is to be run, and with what.
 *
 * @param fresh whether the load begins as if there had been none before
 * @param window the window that it loads, of a partitioned resource
 */
record Task(
    PipelineSpec pipeline,
    ResourceSpec resource,
    ResourceReader reader,
    Destination destination,
    Engine engine,
    LoadObserver observer,
    boolean fresh,
    Optional<WindowLoad> window) {

  /** The same with another description of the resource. */
  Task with(ResourceSpec other) {
    return new Task(pipeline, other, reader, destination, engine, observer, fresh, window);
  }

  /** The same as if there had been no load before. */
  Task afresh() {
    return new Task(pipeline, resource, reader, destination, engine, observer, true, window);
  }

  /** Frees what the reader keeps, before its source is closed. */
  void close() {
    if (reader instanceof ObjectsReader kept) {
      kept.close();
    }
  }

  /** The contract modes in force. */
  Evolution evolution() {
    return resource.evolution().orElse(pipeline.evolution());
  }

  /** The root table's full name. */
  TableName table() {
    return table(pipeline, resource);
  }

  /** The full name of a resource's root table. */
  static TableName table(PipelineSpec pipeline, ResourceSpec resource) {
    return ReplaySource.table(pipeline, resource);
  }

  /** The load of one window among those of its resource. */
  record WindowLoad(Windows windows, PartitionWindow window) {
    ResourceState.Slice after() {
      return windows.after(window);
    }

    boolean isDue(ResourceState.Slice before) {
      return before.window().map(Entry::progress).stream()
          .allMatch(progress -> windows.isDue(window, progress));
    }
  }
}
