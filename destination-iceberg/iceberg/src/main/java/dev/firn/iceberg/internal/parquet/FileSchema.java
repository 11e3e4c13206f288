package dev.firn.iceberg.internal.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.schema.MessageType;

/**
 * The columns of one file under their final field ids.
 *
 * @param schema in the file's order and with the types that the file holds
 * @param parquet the same, as the footer says it
 */
record FileSchema(Schema schema, MessageType parquet) {
  /** Finds each column of a file by name in the sealed schema. */
  static FileSchema of(List<FileColumn> columns, Schema sealed) {
    List<Types.NestedField> fields = new ArrayList<>(columns.size());
    for (FileColumn column : columns) {
      Types.NestedField field = sealed.asStruct().field(column.name());
      if (field == null) {
        throw new IllegalArgumentException(
            "Column '"
                + column.name()
                + "' is in the file but not in the sealed schema "
                + sealed.asStruct()
                + ".");
      }
      Type type = column.sealedAs(field.type());
      fields.add(column.field(field.fieldId(), type));
    }
    Schema schema = new Schema(fields);
    return new FileSchema(schema, ParquetSchemaUtil.convert(schema, "table"));
  }
}
