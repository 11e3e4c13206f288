package dev.firn.iceberg.internal.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Iceberg's metrics of a file. Some columns are told apart, because their footer does not know all:
 * the number of NaN among floating point numbers, and whole bounds where they were shortened.
 */
final class FileMetrics {
  private FileMetrics() {}

  static Metrics of(
      ParquetMetadata footer,
      FileSchema schema,
      List<AppendedRowGroup> groups,
      MetricsConfig config) {
    List<FieldMetrics<?>> known = new ArrayList<>();
    List<Types.NestedField> fields = schema.schema().columns();
    for (int i = 0; i < fields.size(); i++) {
      Type.TypeID type = fields.get(i).type().typeId();
      if (type == Type.TypeID.FLOAT || type == Type.TypeID.DOUBLE) {
        known.add(floating(fields.get(i).fieldId(), i, groups));
      } else if (wantsWhole(config, fields.get(i)) && hasShortened(i, groups)) {
        known.add(counts(fields.get(i).fieldId(), i, groups));
      }
    }
    return ParquetUtil.footerMetrics(footer, known.stream(), config);
  }

  private static boolean wantsWhole(MetricsConfig config, Types.NestedField field) {
    return config.columnMode(field.name()) == MetricsModes.Full.get();
  }

  private static boolean hasShortened(int column, List<AppendedRowGroup> groups) {
    return groups.stream().anyMatch(group -> !group.columns().get(column).bounds().exact());
  }

  private static FieldMetrics<?> counts(int fieldId, int column, List<AppendedRowGroup> groups) {
    long rows = 0;
    long nulls = 0;
    for (AppendedRowGroup group : groups) {
      rows += group.rows();
      nulls += group.columns().get(column).statistics().getNumNulls();
    }
    return new FieldMetrics<>(fieldId, rows, nulls);
  }

  private static FieldMetrics<?> floating(int fieldId, int column, List<AppendedRowGroup> groups) {
    EncodedColumn first = groups.get(0).columns().get(column);
    Statistics<?> total = Statistics.createStats(first.column().parquetType());
    long rows = 0;
    long nans = 0;
    for (AppendedRowGroup group : groups) {
      EncodedColumn each = group.columns().get(column);
      total.mergeStatistics(each.statistics());
      rows += group.rows();
      nans += each.nans();
    }
    return total.hasNonNullValue()
        ? new FieldMetrics<>(
            fieldId, rows, total.getNumNulls(), nans, total.genericGetMin(), total.genericGetMax())
        : new FieldMetrics<>(fieldId, rows, total.getNumNulls(), nans);
  }
}
