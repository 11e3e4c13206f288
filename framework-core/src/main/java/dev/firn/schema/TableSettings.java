package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a table is kept, beyond its columns. What is not said stays as the table has it, and is the
 * destination's choice for a new one.
 *
 * @param formatVersion of the table's metadata, 2 or 3; 0: not said. It can be raised, never
 *     lowered
 * @param sortBy the order that writers and compactions should keep; empty: not said
 * @param targetFileSize how many bytes long files should become; 0: not said
 * @param bloomFilters columns that get a bloom filter in each row group
 * @param metrics by column, which bounds files keep: {@code none}, {@code counts}, {@code
 *     truncate(n)} or {@code full}
 * @param properties anything else, in the table format's own words
 */
public record TableSettings(
    int formatVersion,
    List<SortField> sortBy,
    long targetFileSize,
    List<String> bloomFilters,
    Map<String, String> metrics,
    Map<String, String> properties) {
  /** Its keys, as in {@code pipeline.yaml}. */
  public static final String FORMAT_VERSION = "format-version";

  public static final String SORT_BY = "sort-by";
  public static final String TARGET_FILE_SIZE = "target-file-size";
  public static final String BLOOM_FILTERS = "bloom-filters";
  public static final String METRICS = "metrics";
  public static final String PROPERTIES = "properties";

  /** Nothing said. */
  public static final TableSettings NONE =
      new TableSettings(0, List.of(), 0, List.of(), Map.of(), Map.of());

  private static final int OLDEST = 2;
  private static final int NEWEST = 3;
  private static final Pattern METRICS_MODE =
      Pattern.compile("none|counts|full|truncate\\([1-9][0-9]{0,3}\\)");

  public TableSettings {
    sortBy = List.copyOf(sortBy);
    bloomFilters = List.copyOf(bloomFilters);
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /**
   * These settings, which a table can be given; those of a live table may be others.
   *
   * @throws FirnException {@code INVALID_CONFIG} for the first that it cannot
   */
  public TableSettings checked() {
    if (formatVersion != 0 && (formatVersion < OLDEST || formatVersion > NEWEST)) {
      throw invalid("Format version " + formatVersion + " is not written.", "Use 2 or 3.");
    }
    if (targetFileSize < 0) {
      throw invalid("A file cannot be " + targetFileSize + " bytes long.", "Use 128MiB or so.");
    }
    metrics.forEach(TableSettings::requireMetrics);
    return this;
  }

  private static void requireMetrics(String column, String mode) {
    if (!METRICS_MODE.matcher(mode).matches()) {
      throw invalid(
          "Column '%s' has the metrics '%s'.".formatted(column, mode),
          "Use none, counts, truncate(n) or full.");
    }
  }

  private static FirnException invalid(String message, String hint) {
    return new FirnException(ErrorCode.INVALID_CONFIG, message, hint);
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** These settings after a change. */
  TableSettings with(SchemaChange.ChangeSetting change) {
    String to = change.to();
    boolean version = change.key().equals(FORMAT_VERSION);
    boolean size = change.key().equals(TARGET_FILE_SIZE);
    return new TableSettings(
        version ? Integer.parseInt(to) : formatVersion,
        sortBy,
        size ? Long.parseLong(to) : targetFileSize,
        change.key().equals(BLOOM_FILTERS)
            ? Stream.concat(bloomFilters.stream(), Stream.of(change.of())).toList()
            : bloomFilters,
        change.key().equals(METRICS) ? with(metrics, change) : metrics,
        change.key().equals(PROPERTIES) ? with(properties, change) : properties);
  }

  private static Map<String, String> with(
      Map<String, String> values, SchemaChange.ChangeSetting change) {
    Map<String, String> changed = new TreeMap<>(values);
    changed.put(change.of(), change.to());
    return changed;
  }

  /** These settings with another order. */
  TableSettings withSortBy(List<SortField> other) {
    return new TableSettings(
        formatVersion, other, targetFileSize, bloomFilters, metrics, properties);
  }

  /** These settings for a child table: what names columns is the root's alone. */
  public TableSettings forChild() {
    return new TableSettings(
        formatVersion, List.of(), targetFileSize, List.of(), Map.of(), properties);
  }

  /** These settings with other names for the columns. */
  public TableSettings named(UnaryOperator<String> names) {
    List<SortField> sorted = new ArrayList<>();
    for (SortField field : sortBy) {
      PartitionField term = field.term();
      sorted.add(
          new SortField(
              new PartitionField(names.apply(term.column()), term.transform(), term.width()),
              field.descending(),
              field.nullsFirst()));
    }
    Map<String, String> modes = new LinkedHashMap<>();
    metrics.forEach((column, mode) -> modes.put(names.apply(column), mode));
    return new TableSettings(
        formatVersion,
        sorted,
        targetFileSize,
        bloomFilters.stream().map(names).toList(),
        modes,
        properties);
  }

  /** The columns that are named here, each once. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    sortBy.forEach(field -> columns.add(field.term().column()));
    columns.addAll(bloomFilters);
    columns.addAll(metrics.keySet());
    return columns.stream().distinct().toList();
  }
}
