package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.TableName;
import dev.firn.source.NamingRules.Style;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NamesProperties {
  @Property
  void normalisingTwiceEqualsOnce(@ForAll Style style, @ForAll("keys") String key) {
    Names names = new Names(style, 255);

    String once = names.key(key);

    assertThat(names.key(once)).isEqualTo(once);
  }

  @Property
  void writtenColumnsNameThemselves(@ForAll("paths") List<String> path) {
    Names names = new Names(Style.SNAKE_CASE, 255);

    String column = names.column(path);

    assertThat(names.column(names.written(column))).isEqualTo(column);
  }

  @Property
  void namesFitTheCatalog(@ForAll Style style, @ForAll("paths") List<String> path) {
    Names names = new Names(style, 24);

    String column = names.column(path);

    assertThat(column).hasSizeBetween(1, 24);
    assertThat(names.column(column)).isEqualTo(column);
  }

  @Property
  void childTablesFitTheCatalogAtAnyDepth(@ForAll("paths") List<String> path) {
    Names names = new Names(Style.SNAKE_CASE, 24);

    TableName child = names.child(TableName.parse("ns.parent"), path);
    TableName grandchild = names.child(child, path);

    assertThat(child.name()).hasSizeBetween(1, 24);
    assertThat(grandchild.name()).hasSizeBetween(1, 24).isNotEqualTo(child.name());
    assertThat(grandchild.namespace()).containsExactly("ns");
  }

  @Property
  void snakeCaseHoldsPlainLettersOnly(@ForAll("keys") String key) {
    assertThat(new Names(Style.SNAKE_CASE, 255).key(key))
        .matches("[a-z_][a-z0-9_]*")
        .doesNotContain("__");
  }

  @Provide
  Arbitrary<List<String>> paths() {
    return keys().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(12),
        Arbitraries.strings().withChars("aZ_1-+ .é").ofMaxLength(12),
        Arbitraries.strings().withCharRange('À', 'ӿ').ofMaxLength(8));
  }
}
