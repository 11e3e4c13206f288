package dev.firn.iceberg.hive;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.LockRequest;
import org.apache.hadoop.hive.metastore.api.LockResponse;
import org.apache.hadoop.hive.metastore.api.LockState;
import org.apache.hadoop.hive.metastore.api.ShowLocksRequest;
import org.apache.hadoop.hive.metastore.api.ShowLocksResponse;
import org.apache.hadoop.hive.metastore.api.ShowLocksResponseElement;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;
import org.apache.iceberg.ClientPool;
import org.apache.thrift.TException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metastore's clients as one table's commits see them. Their locks carry the mark of this
 * process, and a lock that has to wait first takes locks of dead writers out of its way: those of
 * processes of this machine that have ended, and those that missed the metastore's own time limit,
 * which the metastore may be slow, or not set up, to enforce.
 */
final class UnblockedClients implements ClientPool<IMetaStoreClient, TException> {
  private static final Logger log = LoggerFactory.getLogger(UnblockedClients.class);

  private final ClientPool<IMetaStoreClient, TException> clients;
  private final String database;
  private final String table;
  private final long mostSilenceMillis;

  UnblockedClients(
      ClientPool<IMetaStoreClient, TException> clients,
      Configuration hadoop,
      String database,
      String table) {
    this.clients = clients;
    this.database = database;
    this.table = table;
    this.mostSilenceMillis =
        MetastoreConf.getTimeVar(hadoop, MetastoreConf.ConfVars.TXN_TIMEOUT, TimeUnit.MILLISECONDS);
  }

  @Override
  public <R> R run(Action<R, IMetaStoreClient, TException> action)
      throws TException, InterruptedException {
    return clients.run(client -> action.run(unblocked(client)));
  }

  @Override
  public <R> R run(Action<R, IMetaStoreClient, TException> action, boolean retry)
      throws TException, InterruptedException {
    return clients.run(client -> action.run(unblocked(client)), retry);
  }

  private IMetaStoreClient unblocked(IMetaStoreClient client) {
    return (IMetaStoreClient)
        Proxy.newProxyInstance(
            IMetaStoreClient.class.getClassLoader(),
            new Class<?>[] {IMetaStoreClient.class},
            (proxy, method, arguments) -> call(client, method, arguments));
  }

  private Object call(IMetaStoreClient client, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("lock") && arguments[0] instanceof LockRequest request) {
      request.setAgentInfo(ProcessMark.marked(request.getAgentInfo()));
    }
    Object answer = invoke(client, method, arguments);
    if (answer instanceof LockResponse lock && lock.getState() == LockState.WAITING) {
      releaseDead(client, lock.getLockid());
    } else if (answer instanceof ShowLocksResponse shown) {
      // Iceberg looks for its own lock by the text that it sent.
      shown.getLocks().forEach(UnblockedClients::unmark);
    }
    return answer;
  }

  private static Object invoke(IMetaStoreClient client, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void unmark(ShowLocksResponseElement lock) {
    lock.setAgentInfo(ProcessMark.unmarked(String.valueOf(lock.getAgentInfo())));
  }

  private void releaseDead(IMetaStoreClient client, long waiting) throws TException {
    ShowLocksRequest request = new ShowLocksRequest();
    request.setDbname(database);
    request.setTablename(table);
    List<ShowLocksResponseElement> locks = client.showLocks(request).getLocks();
    // The metastore's clock, at which the waiting one was just seen.
    long now =
        locks.stream()
            .filter(lock -> lock.getLockid() == waiting)
            .mapToLong(ShowLocksResponseElement::getLastheartbeat)
            .findAny()
            .orElse(0);
    for (ShowLocksResponseElement lock : locks) {
      if (lock.getLockid() != waiting && lock.getTxnid() == 0 && isDead(lock, now)) {
        log.warn(
            "Releasing the lock {} on {}.{} that a dead writer of {} left behind",
            lock.getLockid(),
            database,
            table,
            lock.getHostname());
        client.unlock(lock.getLockid());
      }
    }
  }

  private boolean isDead(ShowLocksResponseElement lock, long now) {
    return ProcessMark.isOfEndedProcess(String.valueOf(lock.getAgentInfo()))
        || now - lock.getLastheartbeat() > mostSilenceMillis;
  }
}
