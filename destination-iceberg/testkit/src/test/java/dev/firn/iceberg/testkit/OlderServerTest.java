package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.TableSettings;
import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.junit.jupiter.api.Test;

/** A server that is asked for a table of version 3 and makes one of version 2, as Nessie's does. */
class OlderServerTest extends DestinationFixture {
  // Leaves out of a request what it does not know.
  private static Object older(Object inner, Class<?>... types) {
    return Proxy.newProxyInstance(
        OlderServerTest.class.getClassLoader(),
        types,
        (proxy, method, sent) -> {
          try {
            Object answer =
                method.invoke(
                    inner, method.getName().equals("withProperties") ? known(sent[0]) : sent);
            return answer instanceof Catalog.TableBuilder
                ? older(answer, Catalog.TableBuilder.class)
                : answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static Object[] known(Object properties) {
    Map<Object, Object> known = new TreeMap<>((Map<?, ?>) properties);
    known.remove(TableProperties.FORMAT_VERSION);
    return new Object[] {known};
  }

  @Override
  protected CatalogProvider provider() {
    return new CatalogProvider() {
      @Override
      public String type() {
        return "older";
      }

      @Override
      public Catalog open(CatalogConfig config) {
        Catalog catalog = Providers.of("jdbc").open(config);
        return (Catalog) older(catalog, Catalog.class, SupportsNamespaces.class, Closeable.class);
      }
    };
  }

  @Test
  void tableOfAnOlderVersionThanAskedForIsRefusedBeforeAFileIsWritten() throws Exception {
    TestLoad load =
        TestLoad.into(
                ORDER_COLUMNS.withSettings(
                    new TableSettings(3, List.of(), 0, List.of(), Map.of(), Map.of())),
                WriteDisposition.APPEND)
            .rows(order(1, "ada"));

    assertThatThrownBy(() -> stage(load))
        .hasMessageContaining("is to be of format version 3, but the catalog makes it 2")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(destination.metadata().tables()).isEmpty();
    assertThat(dataFiles()).isEmpty();

    load(append().rows(order(1, "ada")));
    assertThat(orders("id")).containsExactly(List.of(1L));
  }
}
