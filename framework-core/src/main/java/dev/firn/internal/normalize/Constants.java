package dev.firn.internal.normalize;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The columns of {@code add-columns}: the same value in every root row, in no hash. */
record Constants(Map<String, String> values) {
  static final Constants NONE = new Constants(Map.of());

  Constants {
    values = Map.copyOf(values);
  }

  void addTo(TableBuilder root, int row) {
    if (values.isEmpty()) {
      return;
    }
    RecordState state = root.state();
    long hash = state.hash;
    for (Map.Entry<String, String> constant : values.entrySet()) {
      byte[] utf8 = constant.getValue().getBytes(StandardCharsets.UTF_8);
      state.value.setBytes(Facts.STRING, utf8, 0, utf8.length);
      root.column(constant.getKey()).accept(row);
    }
    state.hash = hash;
  }
}
