package dev.firn.iceberg.internal.metadata;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.SortField;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderBuilder;

/** Firn's sort fields and Iceberg's orders. */
final class SortOrders {
  private SortOrders() {}

  /**
   * The fields of an order; those of columns or transforms that Firn does not know are left out.
   */
  static List<SortField> fields(Schema schema, SortOrder order) {
    List<SortField> fields = new ArrayList<>();
    for (org.apache.iceberg.SortField field : order.fields()) {
      String column = schema.findColumnName(field.sourceId());
      if (column != null) {
        Partitions.field(column, field.transform().toString())
            .map(
                term ->
                    new SortField(
                        term,
                        field.direction() == SortDirection.DESC,
                        field.nullOrder() == NullOrder.NULLS_FIRST))
            .ifPresent(fields::add);
      }
    }
    return fields;
  }

  static SortOrder order(Schema schema, List<SortField> fields) {
    SortOrder.Builder builder = SortOrder.builderFor(schema);
    add(builder, fields);
    return built(fields, builder::build);
  }

  /** Adds the fields to an order in the making. */
  static void add(SortOrderBuilder<?> builder, List<SortField> fields) {
    for (SortField field : fields) {
      NullOrder nulls = field.nullsFirst() ? NullOrder.NULLS_FIRST : NullOrder.NULLS_LAST;
      if (field.descending()) {
        builder.desc(Partitions.term(field.term()), nulls);
      } else {
        builder.asc(Partitions.term(field.term()), nulls);
      }
    }
  }

  /** Does what a mistake in the fields may refuse. */
  static <T> T built(List<SortField> fields, java.util.function.Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The table cannot be sorted by " + fields + ": " + e.getMessage(),
          "Correct table-settings.sort-by.",
          e);
    }
  }
}
