package dev.firn.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Writes customers in 12 columns, sorted by key, and changes of them, as CSV or JSON lines by the
 * file's ending. The same arguments make the same bytes.
 *
 * <pre>
 * GenerateCustomers base OUT ROWS
 * GenerateCustomers uniform|recent OUT ROWS   changes of a base of so many rows
 * </pre>
 *
 * Changes are for 10 million rows and more: 100,000 new versions, 10,000 deletes and 50,000
 * inserts, in no order; fewer rows have as many changes in a hundred. Their keys are spread over
 * the table, or crowd exponentially at its newest rows.
 */
public final class GenerateCustomers {
  /** The flag of a change that deletes. */
  public static final String DELETED = "deleted";

  private static final List<String> COLUMNS =
      List.of(
          "customer_id",
          "email",
          "full_name",
          "country",
          "tier",
          "balance",
          "orders",
          "active",
          "signup_date",
          "updated_at",
          "score",
          "note");
  private static final String[] COUNTRIES = {
    "DE", "FR", "US", "GB", "IN", "BR", "JP", "CA", "AU", "ES"
  };
  private static final long BASE_SEED = 11;
  private static final long CHANGES_SEED = 12;
  private static final long FIRST_JUNE = 1_717_200_000_000L;
  private static final long FIRST_JULY = 1_719_792_000_000L;
  private static final int MILLIS_A_DAY = 86_400_000;
  private static final int CUSTOMERS_A_DAY = 8000;
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  private static final long MOST_ROWS_FOR_CHANGES = 10_000_000;

  private final Draw draw;
  private final FlatRow row;
  private final long midnight;
  private long day = -1;
  private String date = "";

  private GenerateCustomers(FlatRow row, long seed, long midnight) {
    this.draw = new Draw(seed);
    this.row = row;
    this.midnight = midnight;
  }

  /** Runs the generator; see the class for its arguments. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    long rows = Long.parseLong(args[2]);
    switch (args[0]) {
      case "base" -> base(file, rows);
      case "uniform" -> changes(file, rows, false);
      case "recent" -> changes(file, rows, true);
      default -> throw new IllegalArgumentException("base, uniform or recent, not " + args[0]);
    }
  }

  /** Writes customers 0 to {@code rows}. */
  public static void base(Path file, long rows) throws IOException {
    try (TextOut out = new TextOut(Files.newOutputStream(file))) {
      GenerateCustomers customers = new GenerateCustomers(rowsOf(file, out), BASE_SEED, FIRST_JUNE);
      customers.row.header(COLUMNS);
      for (long id = 0; id < rows; id++) {
        customers.write(id);
        customers.row.end();
      }
    }
  }

  /** Writes changes of a base of {@code rows}; those that delete are flagged. */
  public static void changes(Path file, long rows, boolean recent) throws IOException {
    try (TextOut out = new TextOut(Files.newOutputStream(file))) {
      GenerateCustomers customers =
          new GenerateCustomers(rowsOf(file, out), CHANGES_SEED, FIRST_JULY);
      customers.row.header(Stream.concat(COLUMNS.stream(), Stream.of(DELETED)).toList());
      customers.writeChanges(rows, recent);
    }
  }

  private static FlatRow rowsOf(Path file, TextOut out) {
    return file.toString().endsWith(".csv") ? new CsvRow(out) : new JsonRow(out);
  }

  private void writeChanges(long rows, boolean recent) {
    int hundredth = (int) (Math.min(rows, MOST_ROWS_FOR_CHANGES) / 100);
    int deletes = hundredth / 10;
    int inserts = hundredth / 2;
    long[] keys = new long[hundredth + deletes + inserts];
    Set<Long> touched = new HashSet<>();
    double depth = 2.0 * hundredth;
    while (touched.size() < hundredth + deletes) {
      long back = recent ? (long) draw.exponential(depth) : draw.below(rows);
      if (back < rows && touched.add(rows - 1 - back)) {
        keys[touched.size() - 1] = rows - 1 - back;
      }
    }
    for (int i = 0; i < inserts; i++) {
      keys[hundredth + deletes + i] = rows + i;
    }
    for (int at : shuffled(keys.length)) {
      write(keys[at]);
      row.flag(DELETED, at >= hundredth && at < hundredth + deletes);
      row.end();
    }
  }

  private static int[] shuffled(int length) {
    SplittableRandom random = new SplittableRandom(CHANGES_SEED);
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private void write(long id) {
    row.number("customer_id", id);
    row.text("email", "c" + id + "@example.org");
    row.text("full_name", "Customer " + id * 7919 % 1_000_003);
    row.text("country", draw.from(COUNTRIES));
    row.text("tier", tier(draw.below(100)));
    row.hundredths("balance", Math.round(draw.exponential(10_000)));
    row.number("orders", draw.below(500));
    row.flag("active", draw.percent(90));
    row.text("signup_date", date(id / CUSTOMERS_A_DAY));
    row.time("updated_at", midnight + draw.below(MILLIS_A_DAY));
    if (draw.percent(10)) {
      row.missing("score");
    } else {
      row.hundredths("score", draw.below(100));
    }
    if (draw.percent(50)) {
      row.missing("note");
    } else {
      row.text(
          "note",
          "note " + id % 9973 + " ref " + Long.toHexString(id * 2_654_435_761L & 0xffff_ffffL));
    }
  }

  private String date(long daysIn) {
    if (daysIn != day) {
      day = daysIn;
      date = FIRST_DAY.plusDays(day).toString();
    }
    return date;
  }

  private static String tier(int percentile) {
    if (percentile < 60) {
      return "free";
    }
    if (percentile < 85) {
      return "basic";
    }
    return percentile < 95 ? "pro" : "enterprise";
  }
}
