package dev.firn.iceberg.internal.merge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A root record with two levels of children. */
record Row(@Nullable String region, long id, long amount, List<Item> items) {
  record Item(String name, List<String> parts) {}

  static Row of(long id, long amount, Item... items) {
    return new Row("eu", id, amount, List.of(items));
  }

  static Item item(String name, String... parts) {
    return new Item(name, List.of(parts));
  }

  /** Covers the whole record, as the normalizer's hash does. */
  long rowHash() {
    // 64 well-mixed bits: hashCode() is the same for some rows that differ
    byte[] text = toString().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(text).getMostSignificantBits();
  }
}
