package dev.firn.iceberg.hive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.LogManager;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.hive.metastore.HiveMetaStore;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;
import org.apache.hadoop.hive.metastore.security.HadoopThriftAuthBridge;
import org.apache.hadoop.hive.metastore.txn.TxnDbUtil;
import org.apache.iceberg.hive.HiveClientPool;
import org.jspecify.annotations.Nullable;

/**
 * Hive's metastore over Derby in memory, with locks. One for all tests of a JVM: it takes seconds
 * to start, and it has no way to stop.
 */
final class Metastore {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static @Nullable String uri;

  private Metastore() {}

  static synchronized String uri() {
    String started = uri;
    if (started == null) {
      started = start();
      uri = started;
    }
    return started;
  }

  /** A client of it, as Iceberg's. */
  static HiveClientPool client() {
    Configuration hadoop = new Configuration();
    hadoop.set("hive.metastore.uris", uri());
    return new HiveClientPool(1, hadoop);
  }

  /** Drops what a test has made: the metastore outlives it. */
  static void empty() throws Exception {
    try (HiveClientPool clients = client()) {
      clients.run(
          client -> {
            for (String database : client.getAllDatabases()) {
              for (String table : client.getAllTables(database)) {
                client.dropTable(database, table, false, true);
              }
              if (!database.equals("default")) {
                client.dropDatabase(database, false, true);
              }
            }
            return null;
          });
    }
  }

  private static String start() {
    try {
      System.setProperty("derby.stream.error.file", "/dev/null");
      LogManager.getLogManager().reset(); // DataNucleus tells of each column
      int port = freePort();
      Configuration conf = configuration(warehouse());
      TxnDbUtil.setConfValues(conf);
      TxnDbUtil.prepDb(conf);
      Start start = new Start();
      Thread server = new Thread(() -> start.serve(port, conf), "metastore");
      server.setDaemon(true);
      server.start();
      start.await();
      return "thrift://127.0.0.1:" + port;
    } catch (Exception e) {
      throw new IllegalStateException("The metastore does not start.", e);
    }
  }

  private static Path warehouse() throws IOException {
    Path warehouse = Files.createTempDirectory("metastore");
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> FileUtil.fullyDelete(warehouse.toFile())));
    return warehouse;
  }

  static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static Configuration configuration(Path warehouse) {
    Configuration conf = MetastoreConf.newMetastoreConf();
    conf.set("metastore.warehouse.dir", warehouse.toUri().toString());
    conf.set(
        "javax.jdo.option.ConnectionURL",
        "jdbc:derby:memory:" + UUID.randomUUID() + ";create=true");
    conf.set("javax.jdo.option.ConnectionDriverName", "org.apache.derby.jdbc.EmbeddedDriver");
    conf.set("datanucleus.schema.autoCreateAll", "true");
    conf.set("metastore.schema.verification", "false");
    conf.set(
        "metastore.expression.proxy",
        "org.apache.hadoop.hive.metastore.DefaultPartitionExpressionProxy");
    conf.set(
        "metastore.task.threads.always",
        "org.apache.hadoop.hive.metastore.events.EventCleanerTask");
    conf.set("metastore.event.db.notification.api.auth", "false");
    conf.set("metastore.client.capability.check", "false");
    conf.set("metastore.try.direct.sql", "false");
    conf.set("metastore.thrift.bind.host", "127.0.0.1");
    return conf;
  }

  /** Tells when the server takes requests, or why it never will. */
  private static final class Start {
    private final Lock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final AtomicBoolean serving = new AtomicBoolean();
    private @Nullable Throwable death;

    void serve(int port, Configuration conf) {
      try {
        HiveMetaStore.startMetaStore(
            port, HadoopThriftAuthBridge.getBridge(), conf, lock, told, serving);
      } catch (Throwable e) {
        lock.lock();
        death = e;
        told.signalAll();
        lock.unlock();
      }
    }

    void await() throws InterruptedException {
      lock.lock();
      try {
        long left = PATIENCE.toNanos();
        while (!serving.get() && death == null && left > 0) {
          left = told.awaitNanos(left);
        }
        if (!serving.get()) {
          throw new IllegalStateException("it does not serve", death);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
