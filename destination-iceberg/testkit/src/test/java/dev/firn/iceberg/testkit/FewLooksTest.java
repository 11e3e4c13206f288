package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.destination.Destination;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Pipeline;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a run asks the catalog, counted at the catalog and at the storage. */
@SuppressWarnings("NullAway.Init") // set before each test
class FewLooksTest {
  private static final int TABLES = 100;

  private final RecordingFileIO storage = new RecordingFileIO(new InMemoryFileIO());
  @TempDir private Path project;
  private RecordingCatalog catalog;
  private Destination lake;

  @BeforeEach
  void open() {
    catalog = new RecordingCatalog(jdbc(storage));
    lake = IcebergDestinationProvider.of(catalog, "the lake");
  }

  private JdbcCatalog jdbc(RecordingFileIO io) {
    JdbcCatalog jdbc = new JdbcCatalog(properties -> io, null, true);
    jdbc.initialize(
        "lake",
        Map.of(
            CatalogProperties.URI,
            "jdbc:sqlite:" + project.resolve("catalog.db"),
            CatalogProperties.WAREHOUSE_LOCATION,
            project.resolve("warehouse").toUri().toString(),
            CatalogProperties.CLIENT_POOL_SIZE,
            "1",
            "jdbc.synchronous",
            "OFF",
            "jdbc.schema-version",
            "V1"));
    return jdbc;
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private Pipeline pipeline() {
    return Firn.pipeline("shop").workFolder(project);
  }

  private static Resource[] appends(int tables) {
    return IntStream.range(0, tables)
        .mapToObj(i -> Resource.of("t" + i, () -> List.of(Map.of("id", 1))))
        .toArray(Resource[]::new);
  }

  private void run(Resource... resources) {
    pipeline().run(lake, RunOptions.DEFAULT, resources).throwIfFailed();
  }

  private static TableIdentifier identifier(int table) {
    return TableIdentifier.of("shop", "t" + table);
  }

  private static List<TableIdentifier> tables(int number) {
    return IntStream.range(0, number).mapToObj(FewLooksTest::identifier).toList();
  }

  // By another tool, and unnoticed.
  private void createTables(int number) {
    Schema schema = new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));
    catalog.createNamespace(Namespace.of("shop"));
    tables(number).forEach(name -> catalog.createTable(name, schema));
    catalog.forget();
    storage.forget();
  }

  @Test
  void runReadsTheMetadataOfEachTableOnceAndCommitsToItOnce() {
    createTables(TABLES);

    run(appends(TABLES));

    assertThat(storage.metadataReads()).hasSize(TABLES).doesNotHaveDuplicates();
    assertThat(catalog.loads()).containsExactlyElementsOf(tables(TABLES));
    assertThat(catalog.commits()).containsExactlyElementsOf(tables(TABLES));
    assertThat(catalog.listings()).isEmpty();
  }

  @Test
  void newTablesHaveNoMetadataToRead() {
    run(appends(3));

    assertThat(storage.metadataReads()).isEmpty();
    assertThat(catalog.commits()).containsExactlyElementsOf(tables(3));
  }

  @Test
  void mergeIntoTablesWithChildTablesReadsEachMetadataFileOnce() {
    run(orders("pen"));
    catalog.forget();
    storage.forget();

    run(orders("ink"));

    assertThat(storage.metadataReads()).doesNotHaveDuplicates();
    assertThat(catalog.commits())
        .containsExactly(
            TableIdentifier.of("shop", "orders__lines"), TableIdentifier.of("shop", "orders"));
  }

  private static Resource orders(String product) {
    List<Map<String, Object>> lines = List.of(Map.of("product", product));
    return Resource.of("orders", () -> List.of(Map.of("id", 1, "lines", lines)))
        .primaryKey("id")
        .merge();
  }

  @Test
  void planLoadsOnlyTheTablesThatItIsAbout() {
    createTables(1000);

    PipelinePlan plan =
        pipeline()
            .plan(
                lake,
                RunOptions.DEFAULT,
                Resource.of("t7", () -> List.of(Map.of("id", 1))),
                Resource.of("t8", () -> List.of(Map.of("id", 1, "name", "ada"))),
                Resource.of("fresh", () -> List.of(Map.of("id", 1))));

    assertThat(plan.resources()).hasSize(3);
    assertThat(catalog.loads())
        .containsExactly(identifier(7), identifier(8), TableIdentifier.of("shop", "fresh"));
    assertThat(catalog.listings()).isEmpty();
    assertThat(catalog.commits()).isEmpty();
    assertThat(storage.metadataReads()).hasSize(2);
  }

  @Test
  void commitOfAnotherWriterBetweenPlanAndLoadIsSeen() {
    run(one("id", 1));
    pipeline().plan(lake, RunOptions.DEFAULT, one("id", 2));
    Table elsewhere = table();
    elsewhere.updateSchema().addColumn("note", Types.StringType.get()).commit();
    elsewhere.updateProperties().set("owner", "somebody").commit();
    elsewhere.newAppend().appendFile(onlyFile(elsewhere)).commit();

    run(one("id", 2));

    assertThat(TableContent.rows(table(), "id"))
        .containsExactlyInAnyOrder(List.of(1L), List.of(1L), List.of(2L));
    assertThat(table().schema().findField("note")).isNotNull();
    assertThat(table().properties()).containsEntry("owner", "somebody");
  }

  @Test
  void tableThatIsMadeAnewBetweenPlanAndLoadIsSeen() {
    run(one("id", 1));
    pipeline().plan(lake, RunOptions.DEFAULT, one("id", 2));
    catalog.inner().dropTable(identifier(0), true);
    Schema other = new Schema(Types.NestedField.optional(1, "other", Types.StringType.get()));
    catalog.inner().createTable(identifier(0), other);

    run(one("id", 2));

    assertThat(TableContent.rows(table(), "id")).containsExactly(List.of(2L));
  }

  @Test
  void tableThatIsDroppedBetweenPlanAndLoadIsSeen() {
    run(one("id", 1));
    pipeline().plan(lake, RunOptions.DEFAULT, one("id", 2));
    catalog.inner().dropTable(identifier(0), true);

    run(one("id", 2));

    assertThat(TableContent.rows(table(), "id")).containsExactly(List.of(2L));
  }

  @Test
  void withoutCacheEachLookLoadsTheTable() {
    CatalogConfig config =
        new CatalogConfig(
            "lake", JsonNodeFactory.instance.objectNode().put("cache.enabled", false), project);
    Destination uncached =
        IcebergDestinationProvider.of(catalog, Providers.of("jdbc"), config, round -> {});
    run(one("id", 1));
    storage.forget();
    catalog.forget();

    pipeline().run(uncached, RunOptions.DEFAULT, one("id", 2)).throwIfFailed();

    assertThat(catalog.loads()).hasSizeGreaterThan(1);
    assertThat(storage.metadataReads()).hasSameSizeAs(catalog.loads());
  }

  private static Resource one(String column, int value) {
    return Resource.of("t0", () -> List.of(Map.of(column, value)));
  }

  // As another process sees it.
  private Table table() {
    return catalog.inner().loadTable(identifier(0));
  }

  private static DataFile onlyFile(Table table) {
    return SnapshotChanges.builderFor(table).build().addedDataFiles().iterator().next();
  }
}
