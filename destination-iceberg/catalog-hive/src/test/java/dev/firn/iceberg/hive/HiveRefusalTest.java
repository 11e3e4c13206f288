package dev.firn.iceberg.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to settings, names and columns that a metastore cannot take. */
class HiveRefusalTest {
  @TempDir private Path project;

  @AfterEach
  void emptyTheMetastore() throws Exception {
    Metastore.empty();
  }

  private void assertMistake(FirnException refusal, String message, String hint) {
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.hint()).contains(hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9083", "http://host:9083", "thrift://host", "thrift://a b:1"})
  void uriThatIsNoAddressOfAMetastoreIsAMistake(String uri) {
    assertMistake(
        HiveShop.in(project, "uri", uri).refusalToOpen(),
        "uri '" + uri + "' is no address of a metastore",
        "thrift://host:9083");
  }

  @Test
  void missingAndUnknownKeysAreNamed() {
    HiveShop shop = HiveShop.in(project, "wharehouse", "x");
    assertMistake(shop.refusalToOpen(), "has no key 'wharehouse'", "Did you mean 'warehouse'?");
    shop.settings().remove("wharehouse");
    shop.settings().remove("warehouse");
    assertMistake(shop.refusalToOpen(), "has no 'warehouse'", "catalogs.lake.warehouse");
    shop.settings().remove("uri");
    assertMistake(shop.refusalToOpen(), "has no 'uri'", "catalogs.lake.uri");
  }

  @Test
  void closedPortIsNamed() throws Exception {
    String uri = "thrift://127.0.0.1:" + Metastore.freePort();

    FirnException refusal = HiveShop.in(project, "uri", uri).refusalToOpen();

    assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("no metastore answers at " + uri);
  }

  @Test
  void serverThatIsNoMetastoreIsAMistake() throws Exception {
    try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answer = new Thread(() -> answerAsTheWebDoes(web));
      answer.start();
      String uri = "thrift://127.0.0.1:" + web.getLocalPort();

      assertMistake(
          HiveShop.in(project, "uri", uri).refusalToOpen(),
          "what answers at " + uri + " is no Hive metastore",
          "9083");
      answer.join();
    }
  }

  private static void answerAsTheWebDoes(ServerSocket web) {
    try (Socket caller = web.accept()) {
      caller
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      caller.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void secondAddressIsTakenWhereTheFirstDoesNotAnswer() throws Exception {
    String uri = "thrift://127.0.0.1:" + Metastore.freePort() + "," + Metastore.uri();
    HiveShop shop = HiveShop.in(project, "uri", uri);
    try (Destination destination = shop.open()) {
      shop.load(destination, HiveShop.row("second.orders", "id"));

      assertThat(destination.metadata().tables())
          .extracting(Object::toString)
          .contains("second.orders");
    }
  }

  @Test
  void nestedNamespaceIsRefusedWithTheSeparatorOffered() {
    assertMistake(
        HiveShop.in(project).refusalToStage(HiveShop.row("a.b.orders", "id")),
        "in a namespace of 2 levels, but catalog 'lake' has one level of them",
        "catalogs.lake.namespace-separator");
  }

  @ParameterizedTest
  @CsvSource({
    "shop.Orders, would make 'orders' of the table 'Orders', lower case",
    "Shop.orders, would make 'shop' of the database 'Shop', lower case",
    "shop.\u00fcber, 'the name of a Hive table is made of letters a-z, digits and _', another name",
    "shop-1.orders, 'which ''shop-1'' is not', another name",
  })
  void nameThatHiveWouldChangeOrRefuseIsRefused(String table, String message, String hint) {
    assertMistake(HiveShop.in(project).refusalToStage(HiveShop.row(table, "id")), message, hint);
    assertThat(project.resolve("warehouse")).doesNotExist();
  }

  @Test
  void namesHaveALength() {
    assertMistake(
        HiveShop.in(project).refusalToStage(HiveShop.row("d".repeat(129) + ".orders", "id")),
        "the name of a Hive database has at most 128 characters, this one has 129",
        "Shorten");
    assertMistake(
        HiveShop.in(project).refusalToStage(HiveShop.row("shop." + "t".repeat(257), "id")),
        "the name of a Hive table has at most 256 characters, this one has 257",
        "Shorten");
  }

  @Test
  void columnsThatDifferInCaseAreRefusedBeforeTheyAreSealed() throws Exception {
    FirnException refusal =
        HiveShop.in(project).refusalToStage(HiveShop.row("shop.orders", "id", "ID"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("columns 'id' and 'ID' have one name in Hive");
    try (var files = Files.walk(project)) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).isEmpty();
    }
  }

  @Test
  void columnThatATableHasInOtherCaseIsRefused() {
    HiveShop shop = HiveShop.in(project);
    try (Destination destination = shop.open()) {
      shop.load(destination, HiveShop.row("cased.orders", "id"));
    }

    FirnException refusal = shop.refusalToStage(HiveShop.row("cased.orders", "ID"));

    assertThat(refusal).hasMessageContaining("columns 'id' and 'ID' have one name in Hive");
  }

  @Test
  void columnNamesHaveALength() {
    assertThat(HiveShop.in(project).refusalToStage(HiveShop.row("shop.o", "c".repeat(768))))
        .hasMessageContaining("has 768 characters, in Hive it has at most 767");
  }

  @Test
  void typesThatAreToldToBeRefusedAreThoseThatTheMetastoreRefuses() throws Exception {
    HiveCatalogProvider provider = new HiveCatalogProvider();
    Set<Type.TypeID> taken = EnumSet.noneOf(Type.TypeID.class);
    Set<Type.TypeID> refused = EnumSet.noneOf(Type.TypeID.class);
    try (HiveTables catalog = (HiveTables) provider.open(HiveShop.in(project).config())) {
      catalog.createNamespace(Namespace.of("types"));
      for (Type type : TYPES) {
        (isTaken(catalog, type) ? taken : refused).add(type.typeId());
      }
    }

    assertThat(refused).isEqualTo(provider.capabilities().refusedTypes());
    assertThat(taken).hasSize(TYPES.size() - refused.size());
  }

  private static final List<Type> TYPES =
      List.of(
          Types.BooleanType.get(),
          Types.IntegerType.get(),
          Types.LongType.get(),
          Types.FloatType.get(),
          Types.DoubleType.get(),
          Types.DateType.get(),
          Types.TimeType.get(),
          Types.TimestampType.withZone(),
          Types.TimestampNanoType.withZone(),
          Types.StringType.get(),
          Types.UUIDType.get(),
          Types.FixedType.ofLength(3),
          Types.BinaryType.get(),
          Types.DecimalType.of(38, 9),
          Types.VariantType.get(),
          Types.UnknownType.get(),
          Types.GeometryType.crs84(),
          Types.GeographyType.crs84());

  private static boolean isTaken(HiveTables catalog, Type type) {
    TableIdentifier name =
        TableIdentifier.of("types", type.typeId().name().toLowerCase(Locale.ROOT));
    Schema schema = new Schema(Types.NestedField.optional(1, "c", type));
    try {
      catalog.buildTable(name, schema).withProperty("format-version", "3").create();
      return catalog.loadTable(name).schema().findType("c").equals(type);
    } catch (RuntimeException e) {
      assertThat(e.getMessage())
          .containsAnyOf("not supported", "the Hive metastore does not take it");
      return false;
    }
  }

  @Test
  void levelsOfANamespaceAreJoined() {
    HiveShop shop = HiveShop.in(project, "namespace-separator", "__");
    try (Destination destination = shop.open()) {
      shop.load(destination, HiveShop.row("joined.up.high.orders", "id"));

      assertThat(destination.metadata().current(TableName.parse("joined.up.high.orders")))
          .isPresent();
      assertThat(destination.metadata().tables())
          .contains(TableName.parse("joined__up__high.orders"));
    }
  }

  @Test
  void propertiesReachHivesClient() {
    // Iceberg keeps clients by their address
    HiveShop shop = HiveShop.in(project, "uri", Metastore.uri().replace("127.0.0.1", "localhost"));
    shop.settings().put("properties", Map.of("metastore.client.connect.retry.delay", "no time"));

    assertThat(shop.refusalToOpen()).hasMessageContaining("no time");
  }
}
