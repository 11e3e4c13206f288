package dev.firn.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes flat taxi trips: 21 columns of mixed types, some with nulls, as CSV or JSON lines by the
 * file's ending. The same seed makes the same trips in both formats, and a shorter file is the
 * beginning of a longer one.
 *
 * <pre>GenerateTrips OUT.csv|OUT.jsonl ROWS [SEED]</pre>
 */
public final class GenerateTrips {
  private static final List<String> COLUMNS =
      List.of(
          "tripId",
          "VendorID",
          "tpep_pickup_datetime",
          "tpep_dropoff_datetime",
          "passenger_count",
          "trip_distance",
          "RatecodeID",
          "store_and_fwd_flag",
          "PULocationID",
          "DOLocationID",
          "pickupZone",
          "payment_type",
          "fare_amount",
          "extra",
          "mta_tax",
          "tip_amount",
          "tolls_amount",
          "total_amount",
          "congestion_surcharge",
          "medallionHash",
          "driverNote");
  private static final long FIRST_PICKUP = 1_704_067_200_000L;
  private static final int MILLIS_A_DAY = 86_400_000;
  private static final int ZONES = 265;
  private static final String[] SIDES = {"North", "South", "East", "West"};
  private static final String[] ZONE_NAMES =
      IntStream.range(0, ZONES)
          .mapToObj(zone -> String.format("Zone %03d - %s", zone, SIDES[zone % SIDES.length]))
          .toArray(String[]::new);
  private static final Integer[] RATE_CODES = {1, 1, 1, 1, 2, 3, 5};
  private static final Integer[] EXTRAS = {0, 50, 100, 250};
  private static final Integer[] TIP_PERCENT = {0, 10, 15, 20};
  private static final int TOLL = 694;

  private final Draw draw;
  private final FlatRow row;

  private GenerateTrips(FlatRow row, long seed) {
    this.draw = new Draw(seed);
    this.row = row;
  }

  /** Runs the generator; see the class for its arguments. */
  public static void main(String[] args) throws IOException {
    long rows = Long.parseLong(args[1]);
    write(Path.of(args[0]), rows, args.length > 2 ? Long.parseLong(args[2]) : 7);
    System.out.println(rows + " trips in " + args[0]);
  }

  /** Writes {@code rows} trips; the file's ending, .csv or .jsonl, chooses the format. */
  public static void write(Path file, long rows, long seed) throws IOException {
    try (TextOut out = new TextOut(Files.newOutputStream(file))) {
      fill(file.toString().endsWith(".csv") ? new CsvRow(out) : new JsonRow(out), rows, seed);
    }
  }

  static void fill(FlatRow row, long rows, long seed) {
    row.header(COLUMNS);
    GenerateTrips trips = new GenerateTrips(row, seed);
    for (long trip = 0; trip < rows; trip++) {
      trips.write(trip);
    }
  }

  private void write(long trip) {
    int seconds = (int) (draw.exponential(420) + draw.exponential(420));
    long distance = Math.round(220 * (draw.exponential(1) + draw.halfGamma()));
    long fare = Math.round(300 + distance * 2.5 + seconds / 1.2);
    long tip = Math.round(fare * draw.from(TIP_PERCENT) / 100.0);
    long tolls = draw.percent(6) ? TOLL : 0;

    row.number("tripId", trip);
    row.number("VendorID", draw.between(1, 2));
    long pickup = FIRST_PICKUP + trip * 1000 + draw.below(MILLIS_A_DAY);
    row.time("tpep_pickup_datetime", pickup);
    row.time("tpep_dropoff_datetime", pickup + seconds * 1000L);
    numberOrMissing("passenger_count", 5, draw.below(7));
    row.hundredths("trip_distance", distance);
    numberOrMissing("RatecodeID", 5, draw.from(RATE_CODES));
    row.flag("store_and_fwd_flag", draw.oneIn(100));
    row.number("PULocationID", draw.between(1, ZONES));
    row.number("DOLocationID", draw.between(1, ZONES));
    row.text("pickupZone", draw.from(ZONE_NAMES));
    row.text("payment_type", payment(draw.below(100)));
    row.hundredths("fare_amount", fare);
    row.hundredths("extra", draw.from(EXTRAS));
    row.hundredths("mta_tax", 50);
    row.hundredths("tip_amount", tip);
    row.hundredths("tolls_amount", tolls);
    row.hundredths("total_amount", fare + tip + tolls + 80);
    if (draw.percent(10)) {
      row.missing("congestion_surcharge");
    } else {
      row.hundredths("congestion_surcharge", draw.oneIn(2) ? 250 : 0);
    }
    row.hex("medallionHash", draw.below(Long.MAX_VALUE));
    if (draw.percent(70)) {
      row.missing("driverNote");
    } else {
      row.note("driverNote", draw.below(40_000), seconds);
    }
    row.end();
  }

  private void numberOrMissing(String column, int percentMissing, int value) {
    if (draw.percent(percentMissing)) {
      row.missing(column);
    } else {
      row.number(column, value);
    }
  }

  private static String payment(int percentile) {
    if (percentile < 70) {
      return "credit_card";
    }
    if (percentile < 92) {
      return "cash";
    }
    if (percentile < 95) {
      return "no_charge";
    }
    return percentile < 96 ? "dispute" : "unknown";
  }
}
