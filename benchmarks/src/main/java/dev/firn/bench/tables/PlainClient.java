package dev.firn.bench.tables;

import java.io.IOException;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/**
 * What somebody writes by hand with Iceberg's own library: looks at all tables, then writes one
 * file for each and appends it.
 */
final class PlainClient {
  private final Lake lake;

  PlainClient(Lake lake) {
    this.lake = lake;
  }

  void run(int rows) throws IOException {
    Catalog catalog = lake.open();
    for (int i = 0; i < lake.tables(); i++) {
      require(catalog.loadTable(Lake.name(i)));
    }
    for (int i = 0; i < lake.tables(); i++) {
      Table table = catalog.loadTable(Lake.name(i));
      table.newAppend().appendFile(file(table, rows)).commit();
    }
    Lake.close(catalog);
  }

  private static void require(Table table) {
    if (table.schema().columns().size() != 3) {
      throw new IllegalStateException(table.name() + " has other columns");
    }
  }

  private static DataFile file(Table table, int rows) throws IOException {
    String path = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    DataWriter<Record> writer =
        Parquet.writeData(table.io().newOutputFile(path))
            .forTable(table)
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      GenericRecord row = GenericRecord.create(table.schema());
      for (int i = 0; i < rows; i++) {
        row.set(0, (long) i);
        row.set(1, "name " + i);
        row.set(2, i * 0.25);
        writer.write(row);
      }
    }
    return writer.toDataFile();
  }
}
