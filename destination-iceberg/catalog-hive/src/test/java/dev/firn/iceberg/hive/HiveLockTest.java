package dev.firn.iceberg.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.LockComponent;
import org.apache.hadoop.hive.metastore.api.LockLevel;
import org.apache.hadoop.hive.metastore.api.LockRequest;
import org.apache.hadoop.hive.metastore.api.LockType;
import org.apache.hadoop.hive.metastore.api.ShowLocksRequest;
import org.apache.hadoop.hive.metastore.api.ShowLocksResponseElement;
import org.apache.iceberg.ClientPool;
import org.apache.iceberg.hive.HiveClientPool;
import org.apache.thrift.TException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lock in the metastore does to the next writer. */
class HiveLockTest {
  // A lock that nobody releases holds a commit up for three minutes.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path project;

  @AfterEach
  void emptyTheMetastore() throws Exception {
    Metastore.empty();
  }

  private static Configuration client(String uri) {
    Configuration hadoop = new Configuration();
    hadoop.set("hive.metastore.uris", uri);
    return hadoop;
  }

  private static LockRequest exclusive(String database, String agent) {
    LockComponent table = new LockComponent(LockType.EXCLUSIVE, LockLevel.TABLE, database);
    table.setTablename("orders");
    LockRequest request = new LockRequest(List.of(table), "ada", "elsewhere");
    request.setAgentInfo(agent);
    return request;
  }

  private static List<ShowLocksResponseElement> locks(String database) throws Exception {
    ShowLocksRequest request = new ShowLocksRequest();
    request.setDbname(database);
    request.setTablename("orders");
    try (HiveClientPool clients = Metastore.client()) {
      return clients.run(each -> each.showLocks(request)).getLocks();
    }
  }

  private static void lockAsAnotherEngine(String database) throws Exception {
    try (HiveClientPool clients = Metastore.client()) {
      clients.run(each -> each.lock(exclusive(database, "another engine")));
    }
  }

  /** Takes a table's lock as a commit does, and waits for its end; started as a process. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      Configuration hadoop = client(arguments[0]);
      ClientPool<IMetaStoreClient, TException> clients =
          new UnblockedClients(new HiveClientPool(1, hadoop), hadoop, arguments[1], "orders");
      clients.run(each -> each.lock(exclusive(arguments[1], "Iceberg-of-a-commit")));
      System.out.println("locked");
      System.in.read();
    }
  }

  private static Process startHolder(String database) throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                Metastore.uri(),
                database)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var lines = holder.inputReader(StandardCharsets.UTF_8);
    assertThat(lines.readLine()).isEqualTo("locked");
    return holder;
  }

  @Test
  void lockOfAKilledWriterDoesNotHoldUpTheNext() throws Exception {
    HiveShop shop = HiveShop.in(project);
    try (Destination destination = shop.open()) {
      shop.load(destination, HiveShop.row("killed.orders", "id"));
      Process holder = startHolder("killed");
      holder.destroyForcibly().waitFor();
      assertThat(locks("killed")).as("the metastore has not noticed").hasSize(1);

      assertTimeoutPreemptively(
          PATIENCE, () -> shop.load(destination, HiveShop.row("killed.orders", "id")));
    }

    assertThat(locks("killed")).isEmpty();
  }

  @Test
  void lockOfALivingWriterIsRespectedAndSaidSo() throws Exception {
    HiveShop shop = HiveShop.in(project);
    shop.settings().put("properties", Map.of("iceberg.hive.lock-timeout-ms", "1000"));
    try (Destination destination = shop.open()) {
      shop.load(destination, HiveShop.row("living.orders", "id"));
      Process holder = startHolder("living");
      try {
        FirnException refusal =
            catchThrowableOfType(
                FirnException.class,
                () -> shop.load(destination, HiveShop.row("living.orders", "id")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.CATALOG_LOCKED);
        assertThat(refusal).hasMessageContaining("living.orders is locked in the Hive metastore");
        assertThat(locks("living")).as("the holder's").hasSize(1);
      } finally {
        holder.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void lockOfAnotherEngineEndsWithTheMetastoresOwnTimeLimit() throws Exception {
    HiveShop shop = HiveShop.in(project);
    shop.settings().put("properties", Map.of("metastore.txn.timeout", "1s"));
    try (Destination destination = shop.open()) {
      shop.load(destination, HiveShop.row("silent.orders", "id"));
      lockAsAnotherEngine("silent");

      assertTimeoutPreemptively(
          PATIENCE, () -> shop.load(destination, HiveShop.row("silent.orders", "id")));
    }

    assertThat(locks("silent")).isEmpty();
  }
}
