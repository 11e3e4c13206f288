package dev.firn.iceberg.internal.catalog;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.CatalogConfig;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.hadoop.Configurable;

/** A catalog that {@code class} names: any implementation of Iceberg's {@link Catalog}. */
public final class CatalogClass {
  private CatalogClass() {}

  /** A catalog that is ready; one that fails to become so is closed. */
  public static <T extends Catalog> T initialized(
      T catalog, String name, Map<String, String> properties) {
    try {
      catalog.initialize(name, properties);
      return catalog;
    } catch (RuntimeException e) {
      if (catalog instanceof Closeable closeable) {
        closeAfter(e, closeable);
      }
      throw e;
    }
  }

  // What was made only in half may fail to close, too.
  private static void closeAfter(RuntimeException failure, Closeable catalog) {
    try {
      catalog.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Finds the class, without making anything of it.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is not there, is no catalog, or cannot be
   *     made without arguments
   */
  static Constructor<? extends Catalog> of(CatalogConfig config) {
    String name = config.required("class");
    if (config.value("type").isPresent()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s' has both type and class.".formatted(config.name()),
          "Keep one of them.");
    }
    try {
      ClassLoader loader =
          Objects.requireNonNullElseGet(
              Thread.currentThread().getContextClassLoader(), CatalogClass.class::getClassLoader);
      return Class.forName(name, false, loader).asSubclass(Catalog.class).getConstructor();
    } catch (ClassNotFoundException e) {
      throw mistake(config, "there is no class " + name, "Put its jar into plugins/", e);
    } catch (LinkageError e) {
      throw mistake(
          config,
          "class %s cannot be loaded (%s)".formatted(name, e),
          "Put all jars that it needs into plugins/",
          e);
    } catch (ClassCastException e) {
      throw mistake(
          config,
          "class %s does not implement %s".formatted(name, Catalog.class.getName()),
          "Name a catalog of Iceberg",
          e);
    } catch (NoSuchMethodException e) {
      throw mistake(
          config,
          "class %s has no public constructor without parameters".formatted(name),
          "Give it one, or write a CatalogProvider for it",
          e);
    }
  }

  /**
   * Makes the catalog and initializes it with the plain keys of the section and with what stands
   * below {@code properties}; one that asks for Hadoop's configuration finds them there too.
   *
   * @throws FirnException {@code INVALID_CONFIG} when its constructor fails
   * @throws RuntimeException what it throws when it is initialized
   */
  static Catalog open(CatalogConfig config) {
    Catalog catalog = made(config, of(config));
    Map<String, String> properties = properties(config);
    if (catalog instanceof Configurable || catalog instanceof org.apache.hadoop.conf.Configurable) {
      Configuration hadoop = new Configuration();
      properties.forEach(hadoop::set);
      CatalogUtil.configureHadoopConf(catalog, hadoop);
    }
    return initialized(catalog, config.name(), properties);
  }

  private static Catalog made(CatalogConfig config, Constructor<? extends Catalog> constructor) {
    String name = constructor.getDeclaringClass().getName();
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw fails(config, name, e.getCause() == null ? e : e.getCause());
    } catch (ExceptionInInitializerError e) {
      throw fails(config, name, e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException e) {
      throw mistake(
          config,
          "class %s cannot be made, because it is abstract or not public".formatted(name),
          "Make it a public class that is not abstract",
          e);
    }
  }

  private static FirnException fails(CatalogConfig config, String name, Throwable cause) {
    String told = new Redactor().redact(String.valueOf(cause));
    return mistake(
        config,
        "class %s fails when it is made (%s)".formatted(name, told),
        "Give it what it asks for",
        cause);
  }

  private static Map<String, String> properties(CatalogConfig config) {
    Map<String, String> properties = config.properties();
    if (config.settings().has("storage")) {
      config.storage().forEach(properties::putIfAbsent);
    }
    return properties;
  }

  /** Which catalog it is, without secrets. */
  static String identity(CatalogConfig config) {
    Map<String, String> all = config.properties();
    String place =
        Stream.of("uri", "warehouse", "path", "prefix")
            .filter(all::containsKey)
            .map(all::get)
            .collect(Collectors.joining(" "));
    return config.required("class") + " " + (place.isEmpty() ? config.name() : place);
  }

  private static FirnException mistake(
      CatalogConfig config, String what, String hint, Throwable cause) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Catalog '%s': %s.".formatted(config.name(), what),
        "%s, or correct catalogs.%s.class.".formatted(hint, config.name()),
        cause);
  }
}
