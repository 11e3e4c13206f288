package dev.firn.contract;

import dev.firn.contract.Rule.Unique.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a contract asks of the rows of one load together, or of the values of one row together. Rows
 * that rules leave out do not count; a load without new input is not judged.
 */
public sealed interface Check {
  /** What becomes of a load that breaks it; empty: what the contract says. */
  Optional<OnViolation> onViolation();

  /** What is asked, for messages: {@code row-count min 1}. */
  String text();

  /** The load has so many rows. */
  record RowCount(OptionalLong min, OptionalLong max, Optional<OnViolation> onViolation)
      implements Check {
    @Override
    public String text() {
      String least = min.isPresent() ? " min " + min.getAsLong() : "";
      String most = max.isPresent() ? " max " + max.getAsLong() : "";
      return "row-count" + least + most;
    }
  }

  /** The greatest time of a column is not older than this. */
  record Freshness(String column, Duration maxAge, Optional<OnViolation> onViolation)
      implements Check {
    @Override
    public String text() {
      return "freshness " + column + " max-age " + maxAge;
    }
  }

  /** No more than this share of a column's values is null, in percent. */
  record NullShare(String column, BigDecimal percent, Optional<OnViolation> onViolation)
      implements Check {
    @Override
    public String text() {
      return "null-share " + column + " max " + percent.toPlainString() + "%";
    }
  }

  /** No two rows have the same values in these columns; nulls are like no other. */
  record Unique(List<String> columns, Scope scope, Optional<OnViolation> onViolation)
      implements Check {
    public Unique {
      columns = List.copyOf(columns);
    }

    /** Among the rows of the load. */
    public Unique(List<String> columns, Optional<OnViolation> onViolation) {
      this(columns, Scope.LOAD, onViolation);
    }

    @Override
    public String text() {
      return "unique " + String.join(", ", columns) + (scope == Scope.LOAD ? "" : " in the table");
    }
  }

  /**
   * A condition. With an aggregate such as {@code count(*)} it is of the load, else of each row,
   * and what becomes of a row that breaks it may be anything but {@link OnViolation#NULL_VALUE}.
   * Unknown is not broken.
   */
  record Expression(String name, String condition, Optional<OnViolation> onViolation)
      implements Check {
    @Override
    public String text() {
      return name;
    }
  }
}
