package dev.firn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.schema.TableName;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceModel;
import dev.firn.state.CursorState;
import dev.firn.testkit.Contents;
import dev.firn.testkit.Laws;
import dev.firn.testkit.MemoryDestination;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every good source in Java, run against tables in memory:
 *
 * <pre>{@code
 * class ShopSourceTest extends SourceSuite {
 *   @Override protected Object source() { return new ShopSource(1); }
 * }
 * }</pre>
 */
public abstract class SourceSuite {
  private static final String NAMESPACE = "suite";

  @TempDir Path folder;
  private final MemoryDestination destination = new MemoryDestination();
  private List<ResourceSpec> resources = List.of();

  /** An object of a class with {@link dev.firn.source.Source}; a new one whenever asked. */
  protected abstract Object source();

  /** The same source when time has gone by: more or changed records; by default none. */
  protected Object later() {
    return source();
  }

  @BeforeEach
  final void readItsModel() {
    resources = SourceModel.of(source().getClass()).resources();
  }

  private RunReport run(Object source) {
    return Firn.pipeline(NAMESPACE)
        .workFolder(folder)
        .source(source)
        .run(destination, RunOptions.DEFAULT)
        .throwIfFailed();
  }

  private static TableName table(ResourceSpec resource) {
    return TableName.parse(resource.table().orElse(resource.name())).inNamespace(NAMESPACE);
  }

  private List<Contents> contents() {
    return resources.stream()
        .map(resource -> Contents.of(destination.metadata(), table(resource)))
        .toList();
  }

  /** read = loaded + quarantined + filtered, and what broke a contract is told. */
  @Test
  protected void everyRowConformsOrIsReported() {
    RunReport report = run(source());

    Laws.everyRecordIsCounted(report);
    for (ResourceReport resource : report.resources()) {
      boolean leftOut = resource.counts().discarded() + resource.counts().quarantined() > 0;
      if (leftOut) {
        assertThat(resource.warnings()).as(resource.name()).isNotEmpty();
      }
    }
  }

  /** Every record has a key, where the resource names one. */
  @Test
  protected void keysTellRowsApart() {
    run(source());

    for (ResourceSpec resource : resources) {
      if (!resource.key().isEmpty() && resource.disposition() == WriteDisposition.MERGE) {
        long rows = destination.rows(table(resource).toString()).size();
        assertThat(Laws.schema(destination, table(resource)).key()).isNotEmpty();
        assertThat(rows).as(resource.name()).isPositive();
      }
    }
  }

  /** A later run keeps every column under its name. */
  @Test
  protected void namesAreStable() {
    run(source());
    List<Contents> before = contents();

    run(later());

    List<Contents> after = contents();
    for (int i = 0; i < before.size(); i++) {
      assertThat(names(after.get(i))).containsAll(names(before.get(i)));
    }
  }

  private static Set<String> names(Contents contents) {
    Set<String> names = new TreeSet<>();
    contents
        .columns()
        .forEach(
            (table, columns) -> columns.keySet().forEach(each -> names.add(table + "." + each)));
    return names;
  }

  /** The cursor never moves back. */
  @Test
  protected void theCursorIsMonotone() {
    assumeThat(resources).as("incremental").anyMatch(each -> each.incremental().isPresent());
    run(source());

    RunReport second = run(later());

    for (ResourceReport resource : second.resources()) {
      assertThat(moved(resource)).as(resource.name()).isGreaterThanOrEqualTo(0);
    }
  }

  /** Negative when the cursor went back. */
  private int moved(ResourceReport resource) {
    Optional<CursorState> before = resource.cursorBefore();
    Optional<CursorState> after = resource.cursorAfter();
    Optional<IncrementalSpec> spec =
        resources.stream()
            .filter(each -> each.name().equals(resource.name()))
            .findFirst()
            .flatMap(ResourceSpec::incremental);
    return before.isEmpty() || after.isEmpty() || spec.isEmpty()
        ? 0
        : CursorOrder.of(spec.get()).compare(after.get(), before.get());
  }

  /** An incremental resource brings nothing when nothing happened. */
  @Test
  protected void aSecondRunExtractsNothing() {
    List<String> incremental =
        resources.stream()
            .filter(each -> each.incremental().isPresent())
            .map(ResourceSpec::name)
            .toList();
    assumeThat(incremental).as("incremental resources").isNotEmpty();
    run(source());

    RunReport second = run(source());

    for (ResourceReport resource : second.resources()) {
      if (incremental.contains(resource.name())) {
        assertThat(changed(resource)).as(resource.name()).isZero();
      }
    }
  }

  private static long changed(ResourceReport resource) {
    List<Long> rows = new ArrayList<>();
    for (TableOutcome table : resource.tables()) {
      rows.add(table.inserted() + table.updated() + table.deleted());
    }
    return rows.stream().mapToLong(Long::longValue).sum();
  }

  /** Bringing the same again changes nothing, unless rows are appended without a cursor. */
  @Test
  protected void loadingIsIdempotentUnderItsDisposition() {
    run(source());
    List<Contents> once = contents();

    run(source());

    List<Contents> twice = contents();
    for (int i = 0; i < resources.size(); i++) {
      ResourceSpec resource = resources.get(i);
      boolean grows =
          resource.disposition() == WriteDisposition.APPEND && resource.incremental().isEmpty();
      if (!grows) {
        assertThat(twice.get(i)).as(resource.name()).isEqualTo(once.get(i));
      }
    }
  }
}
