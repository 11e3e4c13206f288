package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.extract.Properties.Property;
import dev.firn.source.Key;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;

/** Records and beans of one class, by handles on their properties. */
final class BeanWriter implements ValueWriter {
  private final Accessor[] accessors;

  private BeanWriter(Accessor[] accessors) {
    this.accessors = accessors;
  }

  /**
   * The writer of a class.
   *
   * @throws FirnException {@code INVALID_SOURCE} naming the property that cannot be sent or read
   */
  static BeanWriter of(Class<?> type) {
    List<Property> properties = Properties.of(type);
    Accessor[] accessors = new Accessor[properties.size()];
    for (int i = 0; i < accessors.length; i++) {
      accessors[i] = accessor(type, properties.get(i));
    }
    return new BeanWriter(accessors);
  }

  @Override
  public void write(Object value, Walk walk) {
    boolean before = walk.enter(true);
    walk.sink.beginObject();
    for (Accessor accessor : accessors) {
      walk.sink.key(accessor.key);
      accessor.write(value, walk);
    }
    walk.sink.endObject();
    walk.leave(before);
  }

  private static Accessor accessor(Class<?> owner, Property property) {
    Writers.problem(property.type())
        .ifPresent(
            what -> {
              throw Writers.unsupported(
                  "Property '" + property.name() + "' of " + owner.getName() + " is " + what);
            });
    MethodHandle getter = getter(owner, property);
    Key key = Key.of(property.name());
    Class<?> type = property.type();
    if (type == double.class || type == float.class) {
      return new RealAccessor(key, getter);
    } else if (type == boolean.class) {
      return new BooleanAccessor(key, getter);
    }
    boolean whole = type.isPrimitive() && type != char.class;
    return whole ? new WholeAccessor(key, getter) : new AnyAccessor(key, getter);
  }

  private static MethodHandle getter(Class<?> owner, Property property) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
      return property.member() instanceof Method method
          ? lookup.unreflect(method)
          : lookup.unreflectGetter((Field) property.member());
    } catch (IllegalAccessException closed) {
      throw new FirnException(
          ErrorCode.INVALID_SOURCE,
          "Property '" + property.name() + "' of " + owner.getName() + " cannot be read.",
          "Make it public, or open its module to Firn.",
          closed);
    }
  }

  /** Reads one property; primitive ones without boxing. */
  private abstract static class Accessor {
    final Key key;
    final MethodHandle getter;

    Accessor(Key key, MethodHandle getter, Class<?> as) {
      this.key = key;
      this.getter = getter.asType(MethodType.methodType(as, Object.class));
    }

    abstract void write(Object bean, Walk walk);
  }

  private static final class WholeAccessor extends Accessor {
    WholeAccessor(Key key, MethodHandle getter) {
      super(key, getter, long.class);
    }

    @Override
    void write(Object bean, Walk walk) {
      long value;
      try {
        value = (long) getter.invokeExact(bean);
      } catch (Throwable thrown) {
        throw new SourceCodeFailure(thrown);
      }
      walk.sink.integer(value);
    }
  }

  private static final class RealAccessor extends Accessor {
    RealAccessor(Key key, MethodHandle getter) {
      super(key, getter, double.class);
    }

    @Override
    void write(Object bean, Walk walk) {
      double value;
      try {
        value = (double) getter.invokeExact(bean);
      } catch (Throwable thrown) {
        throw new SourceCodeFailure(thrown);
      }
      walk.sink.real(value);
    }
  }

  private static final class BooleanAccessor extends Accessor {
    BooleanAccessor(Key key, MethodHandle getter) {
      super(key, getter, boolean.class);
    }

    @Override
    void write(Object bean, Walk walk) {
      boolean value;
      try {
        value = (boolean) getter.invokeExact(bean);
      } catch (Throwable thrown) {
        throw new SourceCodeFailure(thrown);
      }
      walk.sink.bool(value);
    }
  }

  private static final class AnyAccessor extends Accessor {
    AnyAccessor(Key key, MethodHandle getter) {
      super(key, getter, Object.class);
    }

    @Override
    void write(Object bean, Walk walk) {
      Object value;
      try {
        value = (Object) getter.invokeExact(bean);
      } catch (Throwable thrown) {
        throw new SourceCodeFailure(thrown);
      }
      walk.value(value);
    }
  }
}
