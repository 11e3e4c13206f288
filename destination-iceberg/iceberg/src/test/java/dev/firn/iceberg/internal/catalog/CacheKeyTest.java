package dev.firn.iceberg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {
  private static CatalogConfig config(String json) throws Exception {
    return new CatalogConfig("lake", new ObjectMapper().readTree(json), Path.of("."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'cache': {}}",
        "{'cache': {'enabled': true}}",
        "{'cache.enabled': 'true'}",
        "{'cache': true}"
      })
  void metadataIsKeptUnlessItIsForbidden(String json) throws Exception {
    assertThat(CatalogKeys.cached(config(json.replace('\'', '"')))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'cache': {'enabled': false}}",
        "{'cache': {'enabled': 'false'}}",
        "{'cache.enabled': false}",
        "{'cache': false}"
      })
  void cacheCanBeForbidden(String json) throws Exception {
    assertThat(CatalogKeys.cached(config(json.replace('\'', '"')))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'cache': {'enabled': 'no'}}",
        "{'cache': {'enable': false}}",
        "{'cache': 'off'}"
      })
  void mistakesAreTold(String json) throws Exception {
    CatalogConfig config = config(json.replace('\'', '"'));

    assertThatThrownBy(() -> OpenCatalog.check(config))
        .hasMessageContaining("Catalog 'lake'")
        .hasMessageContaining("cache.enable")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.INVALID_CONFIG);
  }

  @Test
  void keyIsNotPassedToIceberg() throws Exception {
    assertThat(config("{\"cache.enabled\": false, \"uri\": \"u\"}").properties())
        .isEqualTo(Map.of("uri", "u"));
  }
}
