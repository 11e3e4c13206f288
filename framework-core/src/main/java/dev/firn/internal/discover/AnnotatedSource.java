package dev.firn.internal.discover;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Source;
import dev.firn.source.SourceModel;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class with {@link Source}, its annotations read once. */
public final class AnnotatedSource {
  private final Class<?> type;
  private final SourceModel model;
  private final SettingFields settings;
  private final List<ResourceMethod> methods;

  private AnnotatedSource(
      Class<?> type, SourceModel model, SettingFields settings, List<ResourceMethod> methods) {
    this.type = type;
    this.model = model;
    this.settings = settings;
    this.methods = List.copyOf(methods);
  }

  /**
   * Reads a class.
   *
   * @throws FirnException {@code INVALID_SOURCE}, listing every mistake
   */
  public static AnnotatedSource of(Class<?> type) {
    Mistakes mistakes = new Mistakes();
    Source source = type.getAnnotation(Source.class);
    if (source == null) {
      mistakes.add("It has no @Source.");
    } else if (source.name().isBlank()) {
      mistakes.add("Its @Source has no name.");
    }
    SettingFields settings = SettingFields.of(type, mistakes);
    List<ResourceMethod> methods = ResourceMethods.of(type, mistakes);
    mistakes.throwIfAny("The source " + type.getName());
    return new AnnotatedSource(type, model(source, settings, methods), settings, methods);
  }

  private static SourceModel model(
      @Nullable Source source, SettingFields settings, List<ResourceMethod> methods) {
    return new SourceModel(
        source == null ? "" : source.name(),
        source == null ? "" : source.description(),
        settings.models(),
        methods.stream().map(ResourceMethod::spec).toList());
  }

  public SourceModel model() {
    return model;
  }

  List<ResourceMethod> methods() {
    return methods;
  }

  /**
   * A new source with its settings.
   *
   * @throws FirnException {@code INVALID_SOURCE}, listing every mistake
   */
  Object instance(JsonNode values, Path folder) {
    Mistakes mistakes = new Mistakes();
    Object source = construct();
    settings.bind(source, values, folder, mistakes);
    mistakes.throwIfAny("The source " + type.getName());
    return source;
  }

  private Object construct() {
    boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    if (inner || Modifier.isAbstract(type.getModifiers())) {
      throw unusable("is an inner or abstract class", null);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException missing) {
      throw unusable("has no constructor without parameters", missing);
    } catch (InvocationTargetException thrown) {
      throw unusable("failed in its constructor: " + thrown.getCause(), thrown.getCause());
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw unusable("cannot be constructed: " + closed.getMessage(), closed);
    }
  }

  private FirnException unusable(String why, @Nullable Throwable cause) {
    return new FirnException(
        ErrorCode.INVALID_SOURCE,
        "The source " + type.getName() + " " + why + ".",
        "Make it a top-level or static class with a constructor without parameters.",
        cause);
  }
}
