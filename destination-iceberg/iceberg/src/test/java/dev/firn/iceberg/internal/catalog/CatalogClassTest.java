package dev.firn.iceberg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogClassTest {
  private final ObjectNode settings = JsonNodeFactory.instance.objectNode();

  /** What it was initialized with is what it fails with. */
  public static final class Telling extends InMemoryCatalog {
    @Override
    public void initialize(String name, Map<String, String> properties) {
      throw new IllegalStateException(name + " " + properties);
    }
  }

  /** Cannot be made. */
  public static final class Broken extends InMemoryCatalog {
    public Broken() {
      throw new IllegalArgumentException("no licence");
    }
  }

  /** Cannot be loaded. */
  public static final class BrokenClass extends InMemoryCatalog {
    private static final String LICENCE = licence();

    private static String licence() {
      throw new IllegalArgumentException("no licence");
    }

    @Override
    public String name() {
      return LICENCE;
    }
  }

  /** Is to be extended. */
  public abstract static class Unfinished extends InMemoryCatalog {}

  /** Cannot be made from outside. */
  public static final class Closed extends InMemoryCatalog {
    Closed() {}
  }

  private CatalogConfig named(Class<?> type) {
    settings.put("class", type.getName());
    return config();
  }

  private CatalogConfig config() {
    return new CatalogConfig("lake", settings, Path.of("/project"));
  }

  private static FirnException refusal(CatalogConfig config) {
    return catchThrowableOfType(FirnException.class, () -> OpenCatalog.of(config).close());
  }

  private static void assertMistake(CatalogConfig config, String message) {
    FirnException checked =
        catchThrowableOfType(FirnException.class, () -> OpenCatalog.check(config));
    assertThat(checked).as("told without opening it").hasMessage(message);
    FirnException refusal = refusal(config);
    assertThat(refusal).hasMessage(message);
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
  }

  @Test
  void itIsInitializedWithItsNameAndPropertiesAndItsOwnFailureIsTold() {
    settings.put("warehouse", "memory://w").putObject("properties").put("foo", "bar");

    FirnException refusal = refusal(named(Telling.class));

    assertThat(refusal)
        .hasMessage("Cannot open catalog 'lake': lake {foo=bar, warehouse=memory://w}.");
    assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(refusal).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void itsSecretsAreNotTold() {
    settings.putObject("properties").put("password", "open-sesame");

    assertThat(refusal(named(Telling.class))).hasMessageNotContaining("open-sesame");
  }

  @ParameterizedTest
  @ValueSource(classes = {Broken.class, BrokenClass.class})
  void failureToMakeItIsAMistakeInTheConfiguration(Class<?> type) {
    FirnException refusal = refusal(named(type));

    assertThat(refusal)
        .hasMessage(
            "Catalog 'lake': class %s fails when it is made (java.lang.IllegalArgumentException: no licence)."
                .formatted(type.getName()));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
  }

  @Test
  void abstractClassIsAMistakeInTheConfiguration() {
    FirnException refusal = refusal(named(Unfinished.class));

    assertThat(refusal).hasMessageContaining("cannot be made, because it is abstract");
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal.code().exitCode()).isEqualTo(2);
  }

  @Test
  void missingClassIsAMistakeInTheConfiguration() {
    settings.put("class", "com.acme.MyCatalog");

    assertMistake(config(), "Catalog 'lake': there is no class com.acme.MyCatalog.");
    assertThat(refusal(config()).hint()).contains("plugins/", "catalogs.lake.class");
  }

  @Test
  void classThatIsNoCatalogIsAMistakeInTheConfiguration() {
    assertMistake(
        named(String.class),
        "Catalog 'lake': class java.lang.String does not implement org.apache.iceberg.catalog.Catalog.");
  }

  @Test
  void classWithoutPublicConstructorIsAMistakeInTheConfiguration() {
    assertMistake(
        named(Closed.class),
        "Catalog 'lake': class %s has no public constructor without parameters."
            .formatted(Closed.class.getName()));
  }

  @Test
  void typeBesideTheClassIsAMistakeInTheConfiguration() {
    settings.put("type", "jdbc");

    assertMistake(named(InMemoryCatalog.class), "Catalog 'lake' has both type and class.");
  }

  @Test
  void identityNamesTheClassAndThePlace() {
    settings.putObject("properties").put("warehouse", "memory://w");

    try (OpenCatalog opened = OpenCatalog.of(named(InMemoryCatalog.class))) {
      assertThat(opened.identity()).isEqualTo(InMemoryCatalog.class.getName() + " memory://w");
    }
  }
}
