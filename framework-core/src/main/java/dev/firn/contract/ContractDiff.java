package dev.firn.contract;

import dev.firn.schema.DataType;
import dev.firn.schema.Promotion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What changed from one contract to another. A change breaks when rows that the old contract let
 * through may be refused by the new one, or when a column goes or takes a type that those who read
 * it do not expect.
 *
 * @param changes in the order of the new contract, what is gone at the end
 */
public record ContractDiff(List<Change> changes) {
  public ContractDiff {
    changes = List.copyOf(changes);
  }

  /** One change, in words such as {@code sgv: max 600 was max 500}. */
  public record Change(String what, boolean breaking) {}

  /** Whether any change breaks. */
  public boolean breaking() {
    return changes.stream().anyMatch(Change::breaking);
  }

  /** What changed; of the names and versions of the two nothing is said. */
  public static ContractDiff between(SchemaContract old, SchemaContract now) {
    Comparison comparison = new Comparison();
    comparison.modes(old, now);
    Map<String, ColumnContract> before = byName(old);
    for (ColumnContract column : now.columns()) {
      ColumnContract known = before.remove(column.column());
      if (known == null) {
        comparison.added(column);
      } else {
        comparison.column(new Side(old, known), new Side(now, column));
      }
    }
    before.values().forEach(gone -> comparison.add("column " + gone.column() + " is gone", true));
    comparison.validators(old, now);
    comparison.checks(old, now);
    return new ContractDiff(comparison.changes);
  }

  private static Map<String, ColumnContract> byName(SchemaContract contract) {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    contract.columns().forEach(column -> columns.put(column.column(), column));
    return columns;
  }

  /** A column in its contract. */
  private record Side(SchemaContract contract, ColumnContract column) {
    Told told(Rule rule) {
      return new Told(contract.onViolation(column, rule), column.terms(rule));
    }
  }

  /** What becomes of rows that break a rule, and what of that it says itself. */
  private record Told(OnViolation word, RuleTerms own) {}

  private static final class Comparison {
    private final List<Change> changes = new ArrayList<>();

    void add(String what, boolean breaking) {
      changes.add(new Change(what, breaking));
    }

    void modes(SchemaContract old, SchemaContract now) {
      Evolution before = old.evolution().orElse(Evolution.DEFAULT);
      Evolution after = now.evolution().orElse(Evolution.DEFAULT);
      mode("evolution.tables", before.tables(), after.tables());
      mode("evolution.columns", before.columns(), after.columns());
      mode("evolution.data-type", before.dataType(), after.dataType());
      if (old.onViolation() != now.onViolation()) {
        add(
            changed("on-violation", now.onViolation().word(), old.onViolation().word()),
            stricter(old.onViolation(), now.onViolation()));
      }
      if (!old.maxBadRows().equals(now.maxBadRows())) {
        add(
            changed("max-bad-rows", word(now.maxBadRows()), word(old.maxBadRows())),
            fewer(old.maxBadRows(), now.maxBadRows()));
      }
    }

    private void mode(String key, ContractMode before, ContractMode after) {
      if (before != after) {
        add(changed(key, after.word(), before.word()), after != ContractMode.EVOLVE);
      }
    }

    /** Only a warning lets everything through. */
    private static boolean stricter(OnViolation before, OnViolation after) {
      return after != OnViolation.WARN && before != OnViolation.FAIL;
    }

    private static boolean fewer(Optional<BadRows> before, Optional<BadRows> after) {
      if (after.isEmpty() || before.isEmpty()) {
        return after.isPresent();
      }
      return after.get().percent() != before.get().percent()
          || after.get().amount().compareTo(before.get().amount()) < 0;
    }

    private static String word(Optional<BadRows> rows) {
      return rows.map(BadRows::toString).orElse("none");
    }

    void added(ColumnContract column) {
      boolean required = column.rules().contains(new Rule.Required());
      add("column " + column.column() + " is new" + (required ? " and required" : ""), required);
    }

    void column(Side old, Side now) {
      ColumnContract known = old.column();
      ColumnContract column = now.column();
      String name = column.column();
      if (!known.type().equals(column.type())) {
        add(name + ": " + changed("type", word(column), word(known)), !widened(known, column));
      }
      bound(name, known.maxBadRows(), column.maxBadRows());
      for (Rule rule : column.rules()) {
        Optional<Rule> before = counterpart(known, column, rule);
        if (before.isEmpty()) {
          add(name + ": " + rule.text() + " is new", true);
        } else if (!before.get().equals(rule)) {
          add(
              name + ": " + rule.text() + " was " + before.get().text(),
              tighter(before.get(), rule));
        }
        before.ifPresent(was -> terms(name + ": " + rule.word(), old.told(was), now.told(rule)));
      }
      for (Rule rule : known.rules()) {
        if (counterpart(column, known, rule).isEmpty()) {
          add(name + ": " + rule.text() + " is gone", false);
        }
      }
      OnViolation before = old.contract().onViolation(known);
      OnViolation after = now.contract().onViolation(column);
      boolean own = known.onViolation().isPresent() || column.onViolation().isPresent();
      if (own && before != after) {
        add(
            name + ": " + changed("on-violation", after.word(), before.word()),
            stricter(before, after));
      }
    }

    private void terms(String rule, Told before, Told after) {
      boolean own = before.own().onViolation().isPresent() || after.own().onViolation().isPresent();
      if (own && before.word() != after.word()) {
        add(
            rule + ": " + changed("on-violation", after.word().word(), before.word().word()),
            stricter(before.word(), after.word()));
      }
      bound(rule, before.own().maxBadRows(), after.own().maxBadRows());
    }

    private void bound(String of, Optional<BadRows> before, Optional<BadRows> after) {
      if (!before.equals(after)) {
        add(of + ": " + changed("max-bad-rows", word(after), word(before)), fewer(before, after));
      }
    }

    private static String word(ColumnContract column) {
      return column.type().map(DataType::word).orElse("any");
    }

    private static boolean widened(ColumnContract before, ColumnContract after) {
      return before.type().isPresent()
          && after.type().isPresent()
          && Promotion.allowed(before.type().get(), after.type().get());
    }

    /** The rule of another contract that asks the same kind of thing as one of this column. */
    private static Optional<Rule> counterpart(ColumnContract other, ColumnContract own, Rule rule) {
      List<Rule> alike = sameKind(other, rule);
      return alike.stream()
          .filter(each -> each.word().equals(rule.word()))
          .findFirst()
          .or(
              () ->
                  alike.size() == 1 && sameKind(own, rule).size() == 1
                      ? Optional.of(alike.get(0))
                      : Optional.empty());
    }

    private static List<Rule> sameKind(ColumnContract column, Rule rule) {
      return column.rules().stream()
          .filter(each -> each.getClass().equals(rule.getClass()))
          .toList();
    }

    private static boolean tighter(Rule before, Rule after) {
      if (before instanceof Rule.AtLeast old && after instanceof Rule.AtLeast now) {
        int order = now.bound().compareTo(old.bound());
        return order > 0 || (order == 0 && now.excluded());
      } else if (before instanceof Rule.AtMost old && after instanceof Rule.AtMost now) {
        int order = now.bound().compareTo(old.bound());
        return order < 0 || (order == 0 && now.excluded());
      } else if (after instanceof Rule.Unique now) {
        return now.scope() == Rule.Unique.Scope.TABLE;
      } else if (before instanceof Rule.MinLength old && after instanceof Rule.MinLength now) {
        return now.length() > old.length();
      } else if (before instanceof Rule.MaxLength old && after instanceof Rule.MaxLength now) {
        return now.length() < old.length();
      } else if (before instanceof Rule.OneOf old && after instanceof Rule.OneOf now) {
        return !now.values().containsAll(old.values());
      }
      return true; // nobody knows what another pattern lets through
    }

    void validators(SchemaContract old, SchemaContract now) {
      for (ValidatorSpec validator : now.validators()) {
        if (!old.validators().contains(validator)) {
          add("validator " + validator.type() + " is new or changed", true);
        }
      }
      for (ValidatorSpec validator : old.validators()) {
        boolean kept =
            now.validators().stream()
                .anyMatch(each -> Objects.equals(each.type(), validator.type()));
        if (!kept) {
          add("validator " + validator.type() + " is gone", false);
        }
      }
    }

    /** Changed bounds are another check. */
    void checks(SchemaContract old, SchemaContract now) {
      for (Check check : now.checks()) {
        if (!old.checks().contains(check)) {
          add(
              "check " + check.text() + " is new or changed",
              now.onViolation(check) != OnViolation.WARN);
        }
      }
      for (Check check : old.checks()) {
        if (now.checks().stream().noneMatch(each -> each.text().equals(check.text()))) {
          add("check " + check.text() + " is gone", false);
        }
      }
    }

    private static String changed(String key, String now, String before) {
      return key + " " + now + " was " + before;
    }
  }
}
