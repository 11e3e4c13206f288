package dev.firn.contract;

import dev.firn.internal.expression.ExpressionParser;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may arrive in the root table of a resource. Values are coerced to the declared types first;
 * what no type can hold is a matter of the {@link Evolution}.
 *
 * @param evolution the resource's modes where it has none of its own
 * @param maxBadRows more rows that break rules fail the load, whatever becomes of each
 * @param validators tools that judge whole records beside the columns' rules
 */
public record SchemaContract(
    String name,
    int version,
    Optional<Evolution> evolution,
    OnViolation onViolation,
    Optional<BadRows> maxBadRows,
    List<ColumnContract> columns,
    List<ValidatorSpec> validators,
    List<Check> checks) {
  public SchemaContract {
    columns = List.copyOf(columns);
    validators = List.copyOf(validators);
    checks = List.copyOf(checks);
  }

  /** A contract that asks nothing of its rows together. */
  public SchemaContract(
      String name,
      int version,
      Optional<Evolution> evolution,
      OnViolation onViolation,
      Optional<BadRows> maxBadRows,
      List<ColumnContract> columns,
      List<ValidatorSpec> validators) {
    this(name, version, evolution, onViolation, maxBadRows, columns, validators, List.of());
  }

  /** What becomes of a row that breaks a rule of this column which has no word of its own. */
  public OnViolation onViolation(ColumnContract column) {
    return column.onViolation().orElse(onViolation);
  }

  /** What becomes of a row that breaks this rule of a column. */
  public OnViolation onViolation(ColumnContract column, Rule rule) {
    return column.terms(rule).onViolation().orElseGet(() -> onViolation(column));
  }

  /** What becomes of a row that a validator finds fault with. */
  public OnViolation onViolation(ValidatorSpec validator) {
    return validator.onViolation().orElse(onViolation);
  }

  /** The same for some rows alone: nothing is asked of how many there are. */
  public SchemaContract withoutBound() {
    return new SchemaContract(
        name,
        version,
        evolution,
        onViolation,
        Optional.empty(),
        columns.stream().map(ColumnContract::withoutBound).toList(),
        validators,
        checks.stream().filter(check -> !ofLoad(check)).toList());
  }

  private static boolean ofLoad(Check check) {
    return !(check instanceof Check.Expression condition)
        || !ExpressionParser.parse(condition.condition()).aggregates().isEmpty();
  }

  /** What becomes of what breaks a check. */
  public OnViolation onViolation(Check check) {
    return check.onViolation().orElse(onViolation);
  }

  /** Whether rows are held against those that the table has. */
  public boolean asksTable() {
    return columns.stream()
            .flatMap(column -> column.rules().stream())
            .anyMatch(new Rule.Unique(Rule.Unique.Scope.TABLE)::equals)
        || checks.stream()
            .anyMatch(
                check ->
                    check instanceof Check.Unique unique
                        && unique.scope() == Rule.Unique.Scope.TABLE);
  }

  /** Whether any row may go into the quarantine table. */
  public boolean quarantines() {
    return onViolation == OnViolation.QUARANTINE
        || columns.stream().anyMatch(this::quarantines)
        || validators.stream().anyMatch(each -> onViolation(each) == OnViolation.QUARANTINE)
        || checks.stream().anyMatch(check -> onViolation(check) == OnViolation.QUARANTINE);
  }

  private boolean quarantines(ColumnContract column) {
    return onViolation(column) == OnViolation.QUARANTINE
        || column.rules().stream()
            .anyMatch(rule -> onViolation(column, rule) == OnViolation.QUARANTINE);
  }

  /** The declared types, by source path or column name. */
  public Map<String, DataType> types() {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (ColumnContract column : columns) {
      column.type().ifPresent(type -> types.put(column.column(), type));
    }
    return types;
  }

  /**
   * The contract that a table keeps as it is: a first one, to be written further. Its types are the
   * table's; violations are told, and nothing else happens.
   */
  public static SchemaContract of(String name, TableSchema table) {
    List<ColumnContract> columns =
        table.columns().stream()
            .filter(column -> !column.system())
            .map(column -> of(column, table.key().contains(column.name())))
            .toList();
    return new SchemaContract(
        name, 1, Optional.empty(), OnViolation.WARN, Optional.empty(), columns, List.of());
  }

  private static ColumnContract of(Column column, boolean inKey) {
    List<Rule> rules = column.required() || inKey ? List.of(new Rule.Required()) : List.of();
    return new ColumnContract(column.name(), Optional.of(column.type()), rules, Optional.empty());
  }
}
