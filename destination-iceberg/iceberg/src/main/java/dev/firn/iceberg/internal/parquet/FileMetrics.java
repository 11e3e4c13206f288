package dev.firn.iceberg.internal.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Iceberg's metrics of a file. Floating point columns are told apart: only there does a footer not
 * know all, the number of NaN.
 */
final class FileMetrics {
  private FileMetrics() {}

  static Metrics of(
      ParquetMetadata footer,
      FileSchema schema,
      List<AppendedRowGroup> groups,
      MetricsConfig config) {
    List<FieldMetrics<?>> floating = new ArrayList<>();
    List<Types.NestedField> fields = schema.schema().columns();
    for (int i = 0; i < fields.size(); i++) {
      Type.TypeID type = fields.get(i).type().typeId();
      if (type == Type.TypeID.FLOAT || type == Type.TypeID.DOUBLE) {
        floating.add(floating(fields.get(i).fieldId(), i, groups));
      }
    }
    return ParquetUtil.footerMetrics(footer, floating.stream(), config);
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
