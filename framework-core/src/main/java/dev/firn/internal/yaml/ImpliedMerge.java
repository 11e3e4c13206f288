package dev.firn.internal.yaml;

import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.load.WriteDisposition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Lets a resource with a key merge when nobody wrote what it does. Resources of Java sources are
 * left alone: their code says it.
 */
final class ImpliedMerge {
  private static final Origin IMPLIED = Origin.of("implied by " + SpecKeys.PRIMARY_KEY);

  private ImpliedMerge() {}

  /** The pipeline's settings with each implied merge spelt out. */
  static Section in(Section pipeline) {
    return eachBelow(pipeline, SpecKeys.SOURCES, ImpliedMerge::source);
  }

  private static Section source(Section source) {
    boolean java =
        source.value(SpecKeys.TYPE).orElse(null) instanceof Scalar type
            && type.text().equals(SpecKeys.JAVA);
    return java ? source : eachBelow(source, SpecKeys.RESOURCES, ImpliedMerge::resource);
  }

  private static Section resource(Section resource) {
    boolean keyed =
        Stream.of(SpecKeys.PRIMARY_KEY, WriteRulesSection.MERGE_KEY)
            .anyMatch(key -> resource.value(key).filter(ImpliedMerge::says).isPresent());
    boolean written =
        resource.value(SpecKeys.WRITE_DISPOSITION).filter(ImpliedMerge::says).isPresent();
    if (!keyed || written) {
      return resource;
    }
    Scalar merge = new Scalar(WriteDisposition.MERGE.word(), ConfigNode.Style.PLAIN, IMPLIED);
    return with(resource, SpecKeys.WRITE_DISPOSITION, new Entry(IMPLIED, merge));
  }

  private static boolean says(ConfigNode node) {
    boolean empty =
        (node instanceof Listing listing && listing.items().isEmpty())
            || (node instanceof Section section && section.entries().isEmpty());
    return !empty;
  }

  private static Section eachBelow(Section parent, String key, UnaryOperator<Section> change) {
    Entry entry = parent.entries().get(key);
    if (entry == null || !(entry.value() instanceof Section children)) {
      return parent;
    }
    Map<String, Entry> changed = new LinkedHashMap<>();
    children
        .entries()
        .forEach(
            (name, child) -> {
              boolean section = child.value() instanceof Section;
              changed.put(
                  name,
                  section ? new Entry(child.key(), change.apply((Section) child.value())) : child);
            });
    return with(parent, key, new Entry(entry.key(), new Section(changed, children.origin())));
  }

  private static Section with(Section section, String key, Entry entry) {
    Map<String, Entry> entries = new LinkedHashMap<>(section.entries());
    entries.put(key, entry);
    return new Section(entries, section.origin());
  }
}
