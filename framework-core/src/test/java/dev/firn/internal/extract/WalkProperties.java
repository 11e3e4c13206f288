package dev.firn.internal.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Jackson is the oracle: a map and the tree that Jackson makes of it say the same. */
class WalkProperties {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 300)
  void mapsSayWhatTheirJsonTreesSay(@ForAll("records") Map<String, Object> map) {
    JsonNode tree = JSON.valueToTree(map);

    assertThat(events(map)).isEqualTo(events(tree));
  }

  @Property(tries = 300)
  void theTreeCanBeBuiltAgainFromItsEvents(@ForAll("records") Map<String, Object> map) {
    JsonNode tree = JSON.valueToTree(map);
    TreeSink rebuilt = new TreeSink();

    new RecordWalker(rebuilt, 1000).record(map, 0);

    assertThat(rebuilt.tree()).hasToString(tree.toString());
  }

  private static java.util.List<String> events(Object record) {
    EventLog log = new EventLog();
    new RecordWalker(log, 1000).record(record, 0);
    return log.lines;
  }

  @Provide
  Arbitrary<Map<String, Object>> records() {
    return objects(values(3));
  }

  private static Arbitrary<Object> values(int depth) {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.longs().map(each -> each),
            Arbitraries.integers().map(each -> each),
            Arbitraries.doubles().map(each -> each),
            Arbitraries.bigIntegers().map(each -> each),
            Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMaxLength(8).map(each -> each),
            Arbitraries.of(true, false).map(each -> each));
    Arbitrary<Object> nullable = scalars.injectNull(0.1);
    if (depth == 0) {
      return nullable;
    }
    Arbitrary<Object> inner = Arbitraries.lazy(() -> values(depth - 1));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, nullable),
        net.jqwik.api.Tuple.of(1, inner.list().ofMaxSize(4).map(each -> each)),
        net.jqwik.api.Tuple.of(1, objects(inner).map(each -> each)));
  }

  private static Arbitrary<Map<String, Object>> objects(Arbitrary<Object> values) {
    return Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(4), values)
        .ofMaxSize(5)
        .map(LinkedHashMap::new);
  }
}
