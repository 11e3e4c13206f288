package dev.firn.iceberg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.schema.TableName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Firn's names are written in a catalog of one level. */
class TableNamesTest {
  private static TableNames joinedBy(String separator) {
    return new TableNames("lake", CatalogCapabilities.UNKNOWN, Optional.of(separator));
  }

  @Test
  void levelsAreJoined() {
    assertThat(joinedBy("__").identifier(TableName.parse("a.b_c.t")).toString())
        .isEqualTo("a__b_c.t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_b.c.t", "a.b_c.t", "a_b_c.t"})
  void namespacesThatWouldBeWrittenAlikeAreRefused(String name) {
    assertThatThrownBy(() -> joinedBy("_").identifier(TableName.parse(name)))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("holds the separator '_' itself");
  }

  @Test
  void separatorIsNotEmpty() {
    assertThatThrownBy(() -> joinedBy("").identifier(TableName.parse("a.b.t")))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("namespace-separator is empty");
  }
}
