package dev.firn.kill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RestServer;

/**
 * A lake that several processes share: an SQLite file, or a server of the REST protocol in front of
 * one.
 */
final class SharedLake implements AutoCloseable {
  private final Path folder;
  private final Catalog catalog;
  private final Optional<RestServer> server;

  private SharedLake(Path folder, boolean served) {
    this.folder = folder;
    this.catalog = open(folder);
    this.server =
        served ? Optional.of(RestServer.start(catalog, Optional.empty())) : Optional.empty();
  }

  /**
   * Makes one.
   *
   * @param kind {@code jdbc} or {@code rest}
   */
  static SharedLake of(String kind, Path folder) {
    return new SharedLake(folder, kind.equals("rest"));
  }

  private static Catalog open(Path folder) {
    return ServiceLoader.load(CatalogProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.type().equals("jdbc"))
        .findFirst()
        .orElseThrow()
        .open(new CatalogConfig("lake", JsonNodeFactory.instance.objectNode(), folder));
  }

  /** The catalog behind it, for looking. */
  Catalog catalog() {
    return catalog;
  }

  /** Where its tables lie. */
  Path warehouse() {
    return folder.resolve(".firn/warehouse");
  }

  /** The section {@code catalogs} of a pipeline that loads into it. */
  List<String> section() {
    String lake =
        server
            .map(each -> "{ type: rest, uri: '" + each.uri() + "' }")
            .orElse(
                "{ type: jdbc, uri: 'jdbc:sqlite:%s', warehouse: '%s' }"
                    .formatted(folder.resolve(".firn/catalog.db"), warehouse()));
    return List.of("catalogs:", "  lake: " + lake);
  }

  @Override
  public void close() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
    ((Closeable) catalog).close();
  }
}
