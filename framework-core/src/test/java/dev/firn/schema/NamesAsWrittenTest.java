package dev.firn.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.error.FirnException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Table names and partition fields as people write them. */
class NamesAsWrittenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sales",
        "a.b.sales",
        "\"a.b\".sales",
        "\"say \"\"hi\"\"!\".t",
        "\" padded \".t",
        "größe_2.a-b",
        "\"bad table!\""
      })
  void aTableNameIsPrintedAsItIsRead(String text) {
    TableName name = TableName.parse(text);

    assertThat(name.toString()).isEqualTo(text);
    assertThat(TableName.parse(name.toString())).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "\"a", "\"a\"b.c", "bad table!", "a.b/c", "a$b"})
  void whatIsNoTableNameIsRefused(String text) {
    assertThatExceptionOfType(FirnException.class).isThrownBy(() -> TableName.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"region", "day(created_at)", "bucket(16, id)", "truncate(4, name)"})
  void aPartitionFieldIsPrintedAsItIsRead(String text) {
    PartitionField field = PartitionField.parse(text);

    assertThat(field.toString()).isEqualTo(text);
    assertThat(PartitionField.parse(field.toString())).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bucket(id)", "day(4, at)", "week(at)"})
  void whatIsNoPartitionFieldIsRefused(String text) {
    assertThatExceptionOfType(FirnException.class).isThrownBy(() -> PartitionField.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales", "a.sales"})
  void aNamespaceIsOnlyAddedWhereNoneIs(String text) {
    TableName name = TableName.parse(text).inNamespace("x.y");

    assertThat(name.namespace()).isEqualTo(text.contains(".") ? List.of("a") : List.of("x", "y"));
  }
}
