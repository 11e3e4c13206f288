package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyCatalogTest {
  private static final TableIdentifier ORDERS = TableIdentifier.of(Namespace.of("shop"), "orders");

  private final InMemoryCatalog lake = new InMemoryCatalog();
  private final FaultyCatalog faulty = new FaultyCatalog(lake);

  @BeforeEach
  void makeATable() {
    lake.initialize("lake", Map.of());
    lake.createNamespace(ORDERS.namespace());
    lake.createTable(ORDERS, new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
  }

  @AfterEach
  void close() throws Exception {
    lake.close();
  }

  private static void set(Table table, String value) {
    table.updateProperties().set("seen", value).commit();
  }

  @Test
  void slowLookTellsOfTheTableAsItWasAtFirst() {
    faulty.whileSlow(() -> set(lake.loadTable(ORDERS), "by others"));
    faulty.nextLooks(LookFault.SLOW, LookFault.NONE);

    Table seen = faulty.loadTable(ORDERS);

    assertThat(seen.properties()).doesNotContainKey("seen");
    seen.refresh();
    assertThat(seen.properties()).containsEntry("seen", "by others");
    assertThat(faulty.met(LookFault.SLOW)).isEqualTo(1);
    assertThat(faulty.met(LookFault.NONE)).isEqualTo(1);
  }

  @Test
  void slowCommitIsAppliedBetweenTwoLongTimes() {
    Table table = faulty.loadTable(ORDERS);
    AtomicInteger times = new AtomicInteger();
    faulty.whileSlow(
        () -> {
          boolean first = times.getAndIncrement() == 0;
          assertThat(lake.loadTable(ORDERS).properties().containsKey("seen")).isNotEqualTo(first);
        });

    faulty.next(CommitFault.SLOW);
    set(table, "by us");

    assertThat(times).hasValue(2);
    assertThat(faulty.met(CommitFault.SLOW)).isEqualTo(1);
  }

  @Test
  void throttledLookSeesNothing() {
    faulty.nextLooks(LookFault.THROTTLED);

    assertThatThrownBy(() -> faulty.loadTable(ORDERS))
        .isInstanceOf(ServiceUnavailableException.class);
    assertThat(faulty.met(LookFault.THROTTLED)).isEqualTo(1);
  }
}
