package dev.firn.internal.plugin;

import dev.firn.contract.Validator;
import dev.firn.contract.ValidatorProvider;
import dev.firn.contract.ValidatorSpec;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationProvider;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.SourceProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The installed providers, by type. */
public final class Providers {
  private final ClassLoader loader;

  private Providers(ClassLoader loader) {
    this.loader = loader;
  }

  /** Those on the class path and in the jars of {@code plugins/} in this folder. */
  public static Providers in(Path folder) {
    ClassLoader own = Providers.class.getClassLoader();
    List<URL> jars = jars(folder.resolve("plugins"));
    return new Providers(
        jars.isEmpty() ? own : new URLClassLoader("plugins", jars.toArray(URL[]::new), own));
  }

  private static List<URL> jars(Path plugins) {
    List<URL> jars = new ArrayList<>();
    if (!Files.isDirectory(plugins)) {
      return jars;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(plugins, "*.jar")) {
      for (Path file : files) {
        jars.add(file.toUri().toURL());
      }
      return jars;
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException unreadable) {
      throw new FirnException(
          ErrorCode.UNREADABLE_PATH,
          "The folder " + plugins + " cannot be read.",
          "Let this user read it.",
          unreadable);
    }
  }

  /** Sees Firn and the plugins. */
  public ClassLoader loader() {
    return loader;
  }

  /**
   * Lets an action find what is in the plugins where it asks the thread's class loader, as a
   * destination does that finds catalogs, and as Iceberg does.
   */
  public <T> T within(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Opens a destination each of whose calls is made {@link #within} the plugins. */
  public Destination open(Supplier<Destination> opening) {
    Destination opened = within(opening);
    return loader == Providers.class.getClassLoader()
        ? opened
        : WithinLoader.around(opened, loader);
  }

  /** The installed sources by type. */
  public Map<String, SourceProvider> sources() {
    return byType(SourceProvider.class, SourceProvider::type);
  }

  /**
   * The source of a type.
   *
   * @throws FirnException {@code UNKNOWN_TYPE}, listing those installed
   */
  public SourceProvider source(String type) {
    return known("source", type, sources());
  }

  /** The installed destinations by type. */
  public Map<String, DestinationProvider> destinations() {
    return byType(DestinationProvider.class, DestinationProvider::type);
  }

  /**
   * The destination of a type.
   *
   * @throws FirnException {@code UNKNOWN_TYPE}, listing those installed
   */
  public DestinationProvider destination(String type) {
    return known("destination", type, destinations());
  }

  /**
   * A validator as a contract asks for it, for one thread.
   *
   * @throws FirnException {@code UNKNOWN_TYPE}, listing those installed; what {@link
   *     ValidatorProvider#open} throws
   */
  public Validator validator(ValidatorSpec spec) {
    Map<String, ValidatorProvider> all = byType(ValidatorProvider.class, ValidatorProvider::type);
    return within(() -> known("validator", spec.type(), all).open(spec.settings()));
  }

  private <T> Map<String, T> byType(Class<T> service, Function<T, String> type) {
    Map<String, T> providers = new TreeMap<>();
    for (T provider : ServiceLoader.load(service, loader)) {
      providers.put(type.apply(provider), provider);
    }
    return providers;
  }

  private static <T> T known(String kind, String type, Map<String, T> installed) {
    T provider = installed.get(type);
    if (provider == null) {
      throw new FirnException(
          ErrorCode.UNKNOWN_TYPE,
          "No " + kind + " type '" + type + "'.",
          "Installed: " + String.join(", ", installed.keySet()) + ". Correct it or add its jar.");
    }
    return provider;
  }
}
