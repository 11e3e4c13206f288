package dev.firn.internal.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;

/** Finds where a YAML text is deeper, or repeats more by aliases, than a file of ours may. */
final class YamlLimits {
  static final int MAX_DEPTH = 50;

  /** Aliases of sections and lists; those of single values are harmless. */
  static final int MAX_ALIASES = 50;

  private static final String NAMELESS = "";

  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> collections = new HashSet<>();
  private int aliases;

  private YamlLimits() {}

  /** Too much of something, from here on. */
  record Excess(Mark mark, String what) {}

  /** The first place where a limit is exceeded. */
  static Optional<Excess> exceeded(Iterable<Event> events) {
    YamlLimits limits = new YamlLimits();
    for (Event event : events) {
      Optional<String> what = limits.exceededBy(event);
      if (what.isPresent()) {
        return what.map(text -> new Excess(event.getStartMark(), text));
      }
    }
    return Optional.empty();
  }

  private Optional<String> exceededBy(Event event) {
    if (event instanceof CollectionStartEvent start) {
      String anchor = start.getAnchor() == null ? NAMELESS : start.getAnchor();
      open.push(anchor);
      collections.add(anchor);
      return open.size() < MAX_DEPTH
          ? Optional.empty()
          : Optional.of("it is nested deeper than " + MAX_DEPTH + " levels");
    } else if (event instanceof CollectionEndEvent) {
      open.pop();
    } else if (event instanceof AliasEvent alias) {
      return exceededBy(alias.getAnchor());
    }
    return Optional.empty();
  }

  private Optional<String> exceededBy(String alias) {
    if (open.contains(alias)) {
      return Optional.of("the alias '" + alias + "' stands inside of what it repeats");
    } else if (collections.contains(alias) && ++aliases > MAX_ALIASES) {
      return Optional.of("it has more than " + MAX_ALIASES + " aliases of sections and lists");
    }
    return Optional.empty();
  }
}
