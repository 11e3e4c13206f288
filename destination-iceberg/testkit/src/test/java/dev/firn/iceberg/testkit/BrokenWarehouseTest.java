package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.load.LoadPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A warehouse on this machine's disk in which no metadata can be written. */
class BrokenWarehouseTest extends DestinationFixture {
  @Override
  protected CatalogProvider provider() {
    return new JdbcCatalogTest().provider();
  }

  @Test
  void placeThatCannotBeWrittenEndsTheCommitAtOnceAndIsNamed() throws Exception {
    load(append().rows(order(1, "ada")));
    Path metadata = Path.of(java.net.URI.create(table(ORDERS).location())).resolve("metadata");
    Path aside = metadata.resolveSibling("aside");
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> swap(metadata, aside));
    int commits = catalog.commits();

    assertThatThrownBy(() -> commit(load, sealed))
        .hasMessageContaining(metadata.toString())
        .hasMessageContaining("is a file, not a folder")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(catalog.commits() - commits).isEqualTo(1);

    Files.delete(metadata);
    Files.move(aside, metadata);
    commit(load, sealed);
    assertThat(orders("id")).hasSize(2);
  }

  private static void swap(Path metadata, Path aside) {
    try {
      Files.move(metadata, aside);
      Files.createFile(metadata);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
