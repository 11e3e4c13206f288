package dev.firn.internal.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a pipeline file that knows where it was written. */
sealed interface ConfigNode {
  Origin origin();

  /** How a scalar was written, which decides whether its text may be a number. */
  enum Style {
    /** Without quotes: {@code 3}, {@code true} and {@code null} are what they look like. */
    PLAIN,
    /** In quotes or as a block: always text. */
    QUOTED,
    /** From a template without quotes: integers and booleans, else text; never null. */
    FILLED
  }

  /** One value. */
  record Scalar(String text, Style style, Origin origin) implements ConfigNode {
    boolean isNull() {
      return style == Style.PLAIN && Scalars.isNull(text);
    }
  }

  /** Values in order. */
  record Listing(List<ConfigNode> items, Origin origin) implements ConfigNode {
    public Listing {
      items = List.copyOf(items);
    }
  }

  /** Named values in the order they were written. */
  record Section(Map<String, Entry> entries, Origin origin) implements ConfigNode {
    public Section {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    static Section empty(Origin origin) {
      return new Section(Map.of(), origin);
    }

    /** A section of one entry, all of it from one place. */
    static Section of(String key, ConfigNode value) {
      return new Section(Map.of(key, new Entry(value.origin(), value)), value.origin());
    }

    /** The value of a key; a null counts as absent. */
    Optional<ConfigNode> value(String key) {
      return Optional.ofNullable(entries.get(key))
          .map(Entry::value)
          .filter(value -> !(value instanceof Scalar scalar && scalar.isNull()));
    }

    /** The section under a key; a null or anything else counts as absent. */
    Optional<Section> section(String key) {
      return value(key).filter(Section.class::isInstance).map(Section.class::cast);
    }

    Section without(String key) {
      Map<String, Entry> others = new LinkedHashMap<>(entries);
      others.remove(key);
      return new Section(others, origin);
    }
  }

  /** A value with the place of its key. */
  record Entry(Origin key, ConfigNode value) {}
}
