package dev.firn.internal.discover;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.source.Secret;
import dev.firn.source.Setting;
import dev.firn.source.SourceModel.SettingModel;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a source that take settings and secrets. */
final class SettingFields {
  private final List<SettingField> fields;

  private record SettingField(SettingModel model, Field field) {}

  private SettingFields(List<SettingField> fields) {
    this.fields = fields;
  }

  /** Reads the annotations of all fields, inherited ones included. */
  static SettingFields of(Class<?> type, Mistakes mistakes) {
    List<SettingField> fields = new ArrayList<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        model(field, mistakes).ifPresent(model -> fields.add(new SettingField(model, field)));
      }
    }
    fields.sort(Comparator.comparing(field -> field.model().name()));
    Set<String> names = new HashSet<>();
    for (SettingField field : fields) {
      if (!names.add(field.model().name())) {
        mistakes.add("Two fields take the setting '" + field.model().name() + "'.");
      }
    }
    return new SettingFields(fields);
  }

  private static Optional<SettingModel> model(Field field, Mistakes mistakes) {
    Setting setting = field.getAnnotation(Setting.class);
    Secret secret = field.getAnnotation(Secret.class);
    if (setting == null && secret == null) {
      return Optional.empty();
    }
    String where = "Field '" + field.getName() + "'";
    boolean fixed =
        Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers());
    Optional<String> word = SettingValues.word(field);
    if (setting != null && secret != null) {
      mistakes.add(where + " is both a setting and a secret.");
    } else if (fixed) {
      mistakes.add(where + " is static or final: nothing can be put into it.");
    } else if (word.isEmpty()) {
      mistakes.add(
          where
              + " is a "
              + field.getType().getName()
              + ". Use one of: "
              + SettingValues.known()
              + ".");
    } else if (secret != null && field.getType() != String.class) {
      mistakes.add(where + " takes a secret: make it text.");
    } else {
      SettingModel model =
          secret == null ? setting(field, setting, word.get()) : secret(field, secret);
      checkDefault(field, model, mistakes);
      return Optional.of(model);
    }
    return Optional.empty();
  }

  private static SettingModel setting(Field field, @Nullable Setting setting, String word) {
    if (setting == null) {
      throw new IllegalStateException("a field without annotation");
    }
    Optional<String> otherwise =
        setting.defaultValue().isEmpty() ? Optional.empty() : Optional.of(setting.defaultValue());
    boolean required = setting.required() && otherwise.isEmpty();
    return new SettingModel(key(field, setting.name()), word, otherwise, required, false);
  }

  private static SettingModel secret(Field field, Secret secret) {
    return new SettingModel(
        key(field, secret.name()), "text", Optional.empty(), secret.required(), true);
  }

  private static void checkDefault(Field field, SettingModel model, Mistakes mistakes) {
    model
        .defaultValue()
        .ifPresent(
            text ->
                mistakes.passes(
                    "The default of setting '" + model.name() + "': ",
                    () -> SettingValues.read(field, text, Path.of(""))));
  }

  /** The written name, or {@code baseUrl} as {@code base-url}. */
  private static String key(Field field, String written) {
    return written.isEmpty()
        ? field.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT)
        : written;
  }

  List<SettingModel> models() {
    return fields.stream().map(SettingField::model).toList();
  }

  /** Puts settings, or their defaults, into the fields of a new source. */
  void bind(Object source, JsonNode settings, Path folder, Mistakes mistakes) {
    refuseUnknown(settings, mistakes);
    for (SettingField each : fields) {
      SettingModel model = each.model();
      JsonNode value = settings.path(model.name());
      String where = (model.secret() ? "Secret '" : "Setting '") + model.name() + "': ";
      if (!value.isMissingNode()) {
        mistakes.passes(
            where,
            () -> put(source, each.field(), SettingValues.read(each.field(), value, folder)));
      } else if (model.defaultValue().isPresent()) {
        put(
            source,
            each.field(),
            SettingValues.read(each.field(), model.defaultValue().get(), folder));
      } else if (model.required()) {
        mistakes.add(where + "it has no value. Write it below 'settings'.");
      }
    }
  }

  private void refuseUnknown(JsonNode settings, Mistakes mistakes) {
    Set<String> known =
        fields.stream()
            .map(each -> each.model().name())
            .collect(Collectors.toCollection(TreeSet::new));
    for (Iterator<String> names = settings.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        mistakes.add(
            "It takes no setting '"
                + name
                + "'. "
                + (known.isEmpty()
                    ? "It takes none."
                    : "Known: " + String.join(", ", known) + "."));
      }
    }
  }

  private static void put(Object source, Field field, Object value) {
    try {
      field.setAccessible(true);
      field.set(source, value);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException("a field that was made accessible", closed);
    }
  }
}
