package dev.firn.contract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;

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

  /**
   * Reads one mode for all three, or pairs such as {@code columns=freeze,data-type=discard_row}; an
   * entity that is left out evolves.
   *
   * @throws FirnException {@code INVALID_CONFIG} when a word is neither
   */
  public static Evolution parse(String text) {
    if (text.indexOf('=') < 0) {
      return of(ContractMode.parse(text));
    }
    Evolution modes = DEFAULT;
    for (String pair : text.split(",", -1)) {
      int at = pair.indexOf('=');
      String entity = at < 0 ? pair : pair.substring(0, at);
      modes = modes.with(entity.strip(), ContractMode.parse(pair.substring(at + 1)));
    }
    return modes;
  }

  private Evolution with(String entity, ContractMode mode) {
    return switch (entity.replace('_', '-')) {
      case "tables" -> new Evolution(mode, columns, dataType);
      case "columns" -> new Evolution(tables, mode, dataType);
      case "data-type" -> new Evolution(tables, columns, mode);
      default ->
          throw new FirnException(
              ErrorCode.INVALID_CONFIG,
              "'" + entity + "' is nothing that evolves.",
              "Use tables, columns or data-type, each with a mode: columns=freeze.");
    };
  }
}
