package dev.firn.internal.extract;

import dev.firn.source.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for the keys of one reading, in order of appearance. Records of one kind send their keys
 * in one order, so the key that followed last time is looked at before the map. Numbers are given
 * by one thread; others read keys of numbers that were handed over to them.
 */
final class KeyTable {
  private static final int NONE = -1;

  private final Map<Key, Integer> numbers = new HashMap<>();
  private final List<Key> keys = new ArrayList<>();
  private int[] followers = new int[64];
  private int last;

  /** The key's number; a new one for a key not seen before. */
  int number(Key key) {
    int guess = last < keys.size() ? followers[last] : NONE;
    if (guess == NONE || keys.get(guess) != key) {
      guess = known(key);
      if (last < followers.length) {
        followers[last] = guess;
      }
    }
    last = guess;
    return guess;
  }

  private int known(Key key) {
    Integer number = numbers.get(key);
    if (number == null) {
      number = keys.size();
      numbers.put(key, number);
      keys.add(key);
      if (keys.size() > followers.length) {
        followers = Arrays.copyOf(followers, followers.length * 2);
      }
      followers[number] = NONE;
    }
    return number;
  }

  /** How many keys have a number. */
  int size() {
    return keys.size();
  }

  /** All keys so far by number. */
  Key[] snapshot() {
    return keys.toArray(Key[]::new);
  }
}
