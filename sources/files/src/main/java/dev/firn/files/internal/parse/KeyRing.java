package dev.firn.files.internal.parse;

import dev.firn.source.Key;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One {@link Key} for each name, however many files bring it: sinks know keys by identity, and
 * search where they meet a new one.
 */
public final class KeyRing {
  private final Map<String, Key> keys = new ConcurrentHashMap<>();

  Key key(String name) {
    return keys.computeIfAbsent(name, Key::of);
  }
}
