package dev.firn.internal.extract;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the objects of a class have: components of a record, getters and public fields of a bean.
 */
public final class Properties {
  private Properties() {}

  /**
   * One property.
   *
   * @param member the method or field that has the value
   */
  public record Property(String name, Class<?> type, Type generic, AccessibleObject member) {
    private static Property of(String name, Method getter) {
      return new Property(name, getter.getReturnType(), getter.getGenericReturnType(), getter);
    }

    private static Property of(Field field) {
      return new Property(field.getName(), field.getType(), field.getGenericType(), field);
    }
  }

  /** A record's components in order; a bean's properties by name. */
  public static List<Property> of(Class<?> type) {
    return type.isRecord() ? components(type) : bean(type);
  }

  private static List<Property> components(Class<?> type) {
    List<Property> properties = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.add(Property.of(component.getName(), component.getAccessor()));
    }
    return properties;
  }

  // Reflection gives methods in no certain order, so names decide.
  private static List<Property> bean(Class<?> type) {
    Map<String, Property> properties = new TreeMap<>();
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        properties.put(field.getName(), Property.of(field));
      }
    }
    for (Method method : type.getMethods()) {
      String name = getterOf(method);
      if (!name.isEmpty()) {
        properties.put(name, Property.of(name, method));
      }
    }
    return List.copyOf(properties.values());
  }

  /** The property that a method gets; empty for other methods. */
  private static String getterOf(Method method) {
    boolean plain =
        method.getParameterCount() == 0
            && !Modifier.isStatic(method.getModifiers())
            && !method.isBridge()
            && method.getReturnType() != void.class
            && method.getDeclaringClass() != Object.class;
    String name = method.getName();
    if (plain && name.startsWith("get")) {
      return lowered(name.substring(3));
    }
    return plain && name.startsWith("is") && method.getReturnType() == boolean.class
        ? lowered(name.substring(2))
        : "";
  }

  /** {@code Name} as {@code name}, {@code URL} as it is; nothing where no property's name is. */
  private static String lowered(String name) {
    if (name.isEmpty() || Character.isLowerCase(name.charAt(0))) {
      return "";
    }
    boolean acronym = name.length() > 1 && Character.isUpperCase(name.charAt(1));
    return acronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
