package dev.firn.internal.plugin;

import dev.firn.destination.Destination;
import dev.firn.destination.MetadataService;
import dev.firn.destination.Staging;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets each call of a destination find what is in {@code plugins/}, on whatever thread it is made:
 * clients of catalogs and storages load their parts by the thread's class loader when they first
 * need them. So do the threads that a call starts.
 */
record WithinLoader(Object target, ClassLoader loader) implements InvocationHandler {
  private static final List<Class<?>> PARTS =
      List.of(Destination.class, MetadataService.class, Staging.class);

  static Destination around(Destination destination, ClassLoader loader) {
    return (Destination) proxy(Destination.class, destination, loader);
  }

  private static Object proxy(Class<?> type, Object target, ClassLoader loader) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new WithinLoader(target, loader));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object answer = method.invoke(target, arguments);
      Class<?> type = method.getReturnType();
      return PARTS.contains(type) ? proxy(type, answer, loader) : answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
