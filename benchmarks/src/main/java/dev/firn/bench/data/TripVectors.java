package dev.firn.bench.data;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Trips as Arrow vectors, typed as a load of the same file would type them; all are nullable. */
public final class TripVectors implements FlatRow {
  private static final FieldType INSTANT =
      FieldType.nullable(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));

  private final BufferAllocator allocator;
  private final Map<String, FieldVector> vectors = new LinkedHashMap<>();
  private int row;

  private TripVectors(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** The columns of {@code rows} trips, in order; the caller closes them. */
  public static List<FieldVector> of(int rows, long seed, BufferAllocator allocator) {
    TripVectors trips = new TripVectors(allocator);
    GenerateTrips.fill(trips, rows, seed);
    trips.vectors.values().forEach(vector -> vector.setValueCount(rows));
    return List.copyOf(trips.vectors.values());
  }

  @Override
  public void header(Iterable<String> columns) {
    columns.forEach(column -> vectors.put(column, emptyVector(column)));
  }

  private FieldVector emptyVector(String column) {
    return switch (column) {
      case "store_and_fwd_flag" -> new BitVector(column, allocator);
      case "tpep_pickup_datetime", "tpep_dropoff_datetime" ->
          new TimeStampMicroTZVector(column, INSTANT, allocator);
      case "pickupZone", "payment_type", "medallionHash", "driverNote" ->
          new VarCharVector(column, allocator);
      case "trip_distance",
          "fare_amount",
          "extra",
          "mta_tax",
          "tip_amount",
          "tolls_amount",
          "total_amount",
          "congestion_surcharge" ->
          new Float8Vector(column, allocator);
      default -> new BigIntVector(column, allocator);
    };
  }

  @Override
  public void number(String column, long value) {
    vector(column, BigIntVector.class).setSafe(row, value);
  }

  @Override
  public void hundredths(String column, long value) {
    vector(column, Float8Vector.class).setSafe(row, value / 100.0);
  }

  @Override
  public void flag(String column, boolean value) {
    vector(column, BitVector.class).setSafe(row, value ? 1 : 0);
  }

  @Override
  public void time(String column, long epochMillis) {
    vector(column, TimeStampMicroTZVector.class).setSafe(row, epochMillis * 1000);
  }

  @Override
  public void text(String column, String value) {
    vector(column, VarCharVector.class).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void hex(String column, long bits) {
    text(column, String.format("%016x", bits));
  }

  @Override
  public void note(String column, int plate, int stop) {
    text(column, "plate " + plate + " stop " + stop);
  }

  @Override
  public void missing(String column) {
    // A value that is never set is null.
  }

  @Override
  public void end() {
    row++;
  }

  private <T extends FieldVector> T vector(String column, Class<T> type) {
    return type.cast(requireNonNull(vectors.get(column), column));
  }
}
