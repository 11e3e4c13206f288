package dev.firn.contract;

/**
 * The contract modes of one resource or table.
 *
 * @param tables for a table that does not exist yet
 * @param columns for a column that an existing table lacks
 * @param dataType for a value that does not fit its committed column
 */
public record Evolution(ContractMode tables, ContractMode columns, ContractMode dataType) {
  /** Everything evolves. */
  public static final Evolution DEFAULT = of(ContractMode.EVOLVE);

  /** One mode for all three. */
  public static Evolution of(ContractMode mode) {
    return new Evolution(mode, mode, mode);
  }
}
