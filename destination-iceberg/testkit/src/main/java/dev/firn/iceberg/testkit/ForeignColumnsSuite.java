package dev.firn.iceberg.testkit;

import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Loads into tables with columns of types that Firn does not write. */
public abstract class ForeignColumnsSuite extends ColumnSuite {
  private static final Type POINT = Types.StructType.of(required(1, "x", Types.DoubleType.get()));
  private static final Type WORDS = Types.ListType.ofOptional(1, Types.StringType.get());

  private void addRequired(String name, Type type) {
    UpdateSchema update = table(ORDERS).updateSchema().allowIncompatibleChanges();
    update.addRequiredColumn(name, type).commit();
  }

  private static TestLoad withTags(String tags) {
    List<Column> columns =
        List.of(ORDER_COLUMNS.columns().get(0), Column.of("tags", DataType.Simple.STRING));
    return TestLoad.into(ORDER_COLUMNS.withColumns(columns), WriteDisposition.APPEND)
        .rows(List.of(2L, tags));
  }

  private static void assertRefused(ThrowingCallable action, String message, String hint) {
    assertThatThrownBy(action)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
              assertThat(e.hint()).contains(hint);
            });
  }

  @Test
  void theyAreNullInNewRows() {
    load(append().rows(order(1, "ada")));
    table(ORDERS)
        .updateSchema()
        .addColumn("spot", POINT)
        .addColumn("words", WORDS)
        .addColumn("code", Types.FixedType.ofLength(4))
        .commit();
    table(ORDERS).updateSpec().addField("code").commit();

    load(append().rows(order(2, "bob")));

    assertThat(orders("id", "spot", "words", "code"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1L, null, null, null), Arrays.asList(2L, null, null, null));
  }

  @Test
  void oneThatIsRequiredIsToldBeforeAFileIsWritten() throws Exception {
    load(append().rows(order(1, "ada")));
    addRequired("spot", POINT);
    addRequired("words", WORDS);
    int files = dataFiles().size();

    assertRefused(
        () -> stage(append().rows(order(2, "bob"))),
        "has required columns of types that are not written: spot (struct<",
        "Make them optional");
    assertThat(dataFiles()).hasSize(files);
  }

  @Test
  void oneThatIsMadeMeanwhileKeepsThePackageUntilItIsOptional() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    addRequired("words", WORDS);

    assertRefused(
        () -> commit(load, sealed), "required columns of types that are not written: words", "");
    assertThat(snapshots(ORDERS)).isEqualTo(1);

    table(ORDERS).updateSchema().makeColumnOptional("words").commit();
    commit(load, sealed);
    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(2L, "bob"));
  }

  @Test
  void oneThatIsMadeMeanwhileDoesNotKeepThePackageFromBeingGivenUp() throws Exception {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    addRequired("words", WORDS);

    destination.discard(sealed, load.folder(project));

    assertThat(dataFiles()).hasSize(1);
  }

  @Test
  void oneWhoseNameRowsBringIsToldAndNoFileIsLeft() throws Exception {
    load(append().rows(order(1, "ada")));
    table(ORDERS).updateSchema().addColumn("tags", WORDS).commit();
    int files = dataFiles().size();

    assertRefused(
        () -> stage(withTags("a,b")),
        "tags (list<string>), where string arrives",
        "rename-columns");
    assertThat(dataFiles()).hasSize(files);
  }

  @Test
  void oneThatTakesTheNameOfAStagedColumnRefusesTheCommit() {
    load(append().rows(order(1, "ada")));
    TestLoad load = withTags("a,b");
    LoadPackage sealed = stage(load);
    table(ORDERS).updateSchema().addColumn("tags", WORDS).commit();

    assertRefused(
        () -> commit(load, sealed), "tags (list<string>), where string arrives", "other names");
    assertThat(orders("id")).containsExactly(List.of(1L));
    TableSchema live = destination.metadata().current(ORDERS).orElseThrow().schema();
    assertThat(live.column("tags")).as("a list is none of Firn's").isEmpty();
  }
}
