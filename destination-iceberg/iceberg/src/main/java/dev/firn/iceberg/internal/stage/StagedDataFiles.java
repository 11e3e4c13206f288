package dev.firn.iceberg.internal.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.iceberg.internal.parquet.SealedFile;
import dev.firn.iceberg.internal.stage.StagedDetails.RowGroup;
import dev.firn.iceberg.internal.stage.StagedDetails.StagedField;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Sealed files as Iceberg's data files, and these as JSON. */
public final class StagedDataFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StagedDataFiles() {}

  static StagedDetails details(
      SealedFile file,
      Schema schema,
      PartitionSpec spec,
      List<@Nullable Object> partition,
      List<String> columns,
      List<RowGroup> groups) {
    DataFiles.Builder builder = builder(file, spec);
    if (spec.isPartitioned()) {
      builder.withPartition(partition(spec, partition));
    }
    return new StagedDetails(
        json(builder.build(), spec), fields(schema, columns), partitionedBy(schema, spec), groups);
  }

  /** The details of a copy of a staged file under the ids of another schema. */
  public static StagedDetails renewed(
      StagedDetails of, SealedFile copy, Schema schema, PartitionSpec spec, StructLike partition) {
    DataFiles.Builder builder = builder(copy, spec);
    if (spec.isPartitioned()) {
      builder.withPartition(partition);
    }
    List<String> columns = of.fields().stream().map(StagedField::name).toList();
    return new StagedDetails(
        json(builder.build(), spec), fields(schema, columns), of.partitionedBy(), of.groups());
  }

  private static DataFiles.Builder builder(SealedFile file, PartitionSpec spec) {
    return DataFiles.builder(spec)
        .withPath(file.path())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(file.length())
        .withMetrics(file.metrics())
        .withSplitOffsets(file.splitOffsets());
  }

  private static JsonNode json(DataFile file, PartitionSpec spec) {
    try {
      return JSON.readTree(ContentFileParser.toJson(file, spec));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<StagedField> fields(Schema schema, List<String> columns) {
    List<StagedField> fields = new ArrayList<>(columns.size());
    for (String column : columns) {
      Types.NestedField field = schema.asStruct().field(column);
      fields.add(new StagedField(column, field.fieldId(), field.type().toString()));
    }
    return fields;
  }

  /** A spec's fields by column name: what stays the same when ids do not. */
  public static List<String> partitionedBy(Schema schema, PartitionSpec spec) {
    List<String> fields = new ArrayList<>();
    for (PartitionField field : spec.fields()) {
      fields.add(field.transform() + "(" + schema.findColumnName(field.sourceId()) + ")");
    }
    return fields;
  }

  /** Partition values as Iceberg holds them. */
  static PartitionData partition(PartitionSpec spec, List<@Nullable Object> values) {
    PartitionData data = new PartitionData(spec.partitionType());
    List<Types.NestedField> fields = spec.partitionType().fields();
    for (int i = 0; i < fields.size(); i++) {
      data.set(i, promoted(values.get(i), fields.get(i).type()));
    }
    return data;
  }

  // A batch may hold a narrower type than the column that it is staged for.
  private static @Nullable Object promoted(@Nullable Object value, Type type) {
    if (value instanceof Integer number && type.typeId() == Type.TypeID.LONG) {
      return number.longValue();
    }
    return value;
  }

  /** The data file of a staged one, under a spec of the table that has the same fields. */
  public static DataFile dataFile(StagedDetails details, PartitionSpec spec) {
    ObjectNode file = details.dataFile().deepCopy();
    file.put("spec-id", spec.specId());
    return (DataFile) ContentFileParser.fromJson(file, spec);
  }
}
