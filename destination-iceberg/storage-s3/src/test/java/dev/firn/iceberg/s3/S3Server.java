package dev.firn.iceberg.s3;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** An S3 server in memory that checks keys and signatures; keys are given out and taken back. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "warehouse";
  static final String KEY = "ROOTKEY";
  static final String SECRET = "root-secret-of-the-test";

  private final Map<String, Set<String>> users = new ConcurrentHashMap<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>(Map.of(KEY, SECRET));
  private final TransientNio2BlobStore store = new TransientNio2BlobStore();
  private final S3Proxy proxy;

  S3Server() throws Exception {
    store.createContainer(BUCKET);
    proxy =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .blobStore(store)
            .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
            .ignoreUnknownHeaders(true) // a session token is one
            .metricsEnabled(false)
            .jettyMaxThreads(12)
            .build();
    proxy.setBlobStoreLocator(
        (id, bucket, key) -> {
          users.computeIfAbsent(String.valueOf(key), any -> ConcurrentHashMap.newKeySet()).add(id);
          String secret = keys.get(id);
          return secret == null ? null : new AccessGrant(secret, store);
        });
    proxy.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + proxy.getPort();
  }

  /** The keys that open it: id and secret. */
  Map<String, String> keys() {
    return keys;
  }

  /** The ids of the keys with which each object was asked for. */
  Map<String, Set<String>> users() {
    return users;
  }

  /** The section {@code storage} of a catalog in it. */
  Map<String, Object> storage() {
    Map<String, Object> storage = new TreeMap<>();
    storage.put("type", "s3");
    storage.put("endpoint", endpoint());
    storage.put("access-key", KEY);
    storage.put("secret-key", SECRET);
    return storage;
  }

  /** The names of all objects, a thousand at most. */
  List<String> objects() {
    return store.list(BUCKET).contents().stream().map(each -> each.key()).toList();
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
  }
}
