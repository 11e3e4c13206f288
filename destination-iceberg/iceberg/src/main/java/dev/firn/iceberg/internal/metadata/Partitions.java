package dev.firn.iceberg.internal.metadata;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.PartitionField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;

/** Firn's partition fields and Iceberg's specs. */
public final class Partitions {
  private static final Pattern WITH_WIDTH = Pattern.compile("(bucket|truncate)\\[(\\d+)]");

  private Partitions() {}

  /** The spec of a new table. */
  public static PartitionSpec spec(Schema schema, List<PartitionField> fields) {
    try {
      PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
      fields.forEach(field -> add(builder, field));
      return builder.build();
    } catch (RuntimeException e) {
      throw misfit(fields, e);
    }
  }

  private static FirnException misfit(List<PartitionField> fields, RuntimeException cause) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "The table cannot be partitioned by " + fields + ": " + cause.getMessage(),
        "Correct partition-by.",
        cause);
  }

  /**
   * A live table's spec for a schema whose columns have its ids but maybe other types.
   *
   * @throws FirnException {@code INVALID_CONFIG} when a transform does not take the type of its
   *     column
   */
  public static PartitionSpec withTypes(PartitionSpec spec, Schema schema) {
    try {
      return spec.toUnbound().bind(schema);
    } catch (RuntimeException e) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The rows do not fit the table's partitioning " + spec + ": " + e.getMessage(),
          "Load a column of the type that the table is partitioned by.",
          e);
    }
  }

  private static void add(PartitionSpec.Builder builder, PartitionField field) {
    String column = field.column();
    switch (field.transform()) {
      case IDENTITY -> builder.identity(column);
      case YEAR -> builder.year(column);
      case MONTH -> builder.month(column);
      case DAY -> builder.day(column);
      case HOUR -> builder.hour(column);
      case BUCKET -> builder.bucket(column, field.width().orElseThrow());
      case TRUNCATE -> builder.truncate(column, field.width().orElseThrow());
    }
  }

  /** The fields of a spec; fields that Firn cannot write, such as dropped ones, are left out. */
  public static List<PartitionField> fields(Schema schema, PartitionSpec spec) {
    List<PartitionField> fields = new ArrayList<>();
    for (org.apache.iceberg.PartitionField field : spec.fields()) {
      String column = schema.findColumnName(field.sourceId());
      if (column != null && !field.transform().isVoid()) {
        field(column, field.transform().toString()).ifPresent(fields::add);
      }
    }
    return fields;
  }

  /**
   * Makes a table partitioned by other fields; those that it has already keep their place before
   * new ones.
   *
   * @throws FirnException {@code INVALID_CONFIG} when a field does not fit the table
   */
  static void repartition(
      UpdatePartitionSpec update, Schema schema, PartitionSpec now, List<PartitionField> wanted) {
    try {
      List<PartitionField> had = fields(schema, now);
      for (PartitionField field : had) {
        if (!wanted.contains(field)) {
          update.removeField(term(field));
        }
      }
      for (PartitionField field : wanted) {
        if (!had.contains(field)) {
          update.addField(term(field));
        }
      }
      update.commit();
    } catch (RuntimeException e) {
      throw misfit(wanted, e);
    }
  }

  /** Wanted fields in the order in which {@link #repartition} leaves them. */
  public static List<PartitionField> inOrder(
      List<PartitionField> had, List<PartitionField> wanted) {
    List<PartitionField> ordered = new ArrayList<>(had);
    ordered.retainAll(wanted);
    wanted.stream().filter(field -> !had.contains(field)).forEach(ordered::add);
    return ordered;
  }

  /** A field as an expression. */
  static Term term(PartitionField field) {
    String column = field.column();
    return switch (field.transform()) {
      case IDENTITY -> Expressions.ref(column);
      case YEAR -> Expressions.year(column);
      case MONTH -> Expressions.month(column);
      case DAY -> Expressions.day(column);
      case HOUR -> Expressions.hour(column);
      case BUCKET -> Expressions.bucket(column, field.width().orElseThrow());
      case TRUNCATE -> Expressions.truncate(column, field.width().orElseThrow());
    };
  }

  /** A field with one of Iceberg's transforms, or nothing for one that Firn does not know. */
  static Optional<PartitionField> field(String column, String transform) {
    Matcher wide = WITH_WIDTH.matcher(transform);
    OptionalInt width =
        wide.matches() ? OptionalInt.of(Integer.parseInt(wide.group(2))) : OptionalInt.empty();
    String word = wide.matches() ? wide.group(1) : transform;
    return Stream.of(PartitionField.Transform.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .map(each -> new PartitionField(column, each, width))
        .findFirst();
  }
}
