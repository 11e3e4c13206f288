package dev.firn.internal.discover;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.source.NamingRules;
import dev.firn.source.Resource;
import dev.firn.source.ResourceSpec;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The methods of a source that bring records. */
final class ResourceMethods {
  private ResourceMethods() {}

  /** Reads the annotations of all methods, inherited ones included; sorted by resource name. */
  static List<ResourceMethod> of(Class<?> type, Mistakes mistakes) {
    List<ResourceMethod> found = new ArrayList<>();
    for (Method method : annotated(type)) {
      found.add(read(method, method.getAnnotation(Resource.class), mistakes));
    }
    found.sort(Comparator.comparing(ResourceMethod::name));
    if (found.isEmpty()) {
      mistakes.add("It has no @Resource method.");
    }
    refuseDoubles(found, mistakes);
    return found;
  }

  /** Reflection gives methods in no certain order, so names decide. */
  private static List<Method> annotated(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Resource.class) && !method.isBridge()) {
          methods.add(method);
        }
      }
    }
    methods.sort(Comparator.comparing(Method::getName));
    return methods;
  }

  private static void refuseDoubles(List<ResourceMethod> methods, Mistakes mistakes) {
    Set<String> names = new HashSet<>();
    for (ResourceMethod method : methods) {
      if (!names.add(method.name())) {
        mistakes.add("Two resources are named '" + method.name() + "'.");
      }
    }
  }

  private static ResourceMethod read(Method method, Resource resource, Mistakes mistakes) {
    String name = resource.name().isEmpty() ? method.getName() : resource.name();
    String where = "Resource '" + name + "': ";
    ReturnTypes.check(method, where, mistakes);
    CursorParameter cursor = CursorParameter.of(method, where, mistakes);
    ResourceSpec plain = spec(name, resource, where, mistakes);
    ResourceSpec spec =
        TableParts.contract(method, where, mistakes).map(plain::withContract).orElse(plain);
    ResourceSpec ranged = cursor.spec().map(spec::withIncremental).orElse(spec);
    ResourceSpec whole =
        WindowParameter.partitions(method, where, mistakes)
            .map(ranged::withPartitions)
            .orElse(ranged);
    SpecRules.problems(whole).forEach(problem -> mistakes.add(where + problem));
    return new ResourceMethod(whole, method, cursor.type());
  }

  private static ResourceSpec spec(
      String name, Resource resource, String where, Mistakes mistakes) {
    return new ResourceSpec(
        name,
        resource.table().isEmpty() ? Optional.empty() : Optional.of(resource.table()),
        List.of(resource.primaryKey()),
        resource.writeDisposition(),
        WriteParts.rules(resource.writeSettings(), where, mistakes),
        evolution(resource.evolution(), where, mistakes),
        columns(resource.columns(), where, mistakes),
        TableParts.edits(resource, where, mistakes),
        TableParts.fields(resource.partitionBy(), PartitionField::parse, where, mistakes),
        TableParts.settings(resource.tableSettings(), where, mistakes),
        resource.maxNesting() < 0 ? OptionalInt.empty() : OptionalInt.of(resource.maxNesting()),
        new NamingRules(resource.naming(), resource.onCollision()),
        ResourceSpec.OnLossy.WARN,
        ResourceSpec.OnNullKey.FAIL,
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        TableParts.quarantine(resource, where, mistakes),
        options(resource.batchRows()));
  }

  /** The keys that only Java sources have. */
  static ObjectNode options(int batchRows) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    return batchRows != 0 ? options.put(JavaSourceProvider.BATCH_ROWS, batchRows) : options;
  }

  private static Optional<Evolution> evolution(
      ContractMode[] modes, String where, Mistakes mistakes) {
    return switch (modes.length) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Evolution.of(modes[0]));
      case 3 -> Optional.of(new Evolution(modes[0], modes[1], modes[2]));
      default -> {
        mistakes.add(where + "evolution has " + modes.length + " modes: give one, or three.");
        yield Optional.empty();
      }
    };
  }

  private static Map<String, DataType> columns(String[] texts, String where, Mistakes mistakes) {
    Map<String, DataType> columns = new LinkedHashMap<>();
    for (String text : texts) {
      mistakes.passes(where, () -> declare(text, columns));
    }
    return columns;
  }

  private static void declare(String text, Map<String, DataType> columns) {
    int colon = text.lastIndexOf(':');
    Optional<DataType> type =
        colon < 1 ? Optional.empty() : DataType.parse(text.substring(colon + 1));
    columns.put(
        text.substring(0, Math.max(colon, 0)).strip(),
        type.orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_SOURCE,
                    "'" + text + "' declares no column.",
                    "Write name: type, such as amount: decimal(10,2).")));
  }
}
