package dev.firn.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Makes the validators of one type; found through {@link java.util.ServiceLoader}, on the class
 * path or in {@code plugins/}.
 */
public interface ValidatorProvider {
  /** The word in a contract: {@code validators: [{type: word}]}. */
  String type();

  /**
   * A validator for one thread.
   *
   * @param settings the keys beside {@code type} and {@code on-violation}, as an object
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} for settings that it cannot use
   */
  Validator open(JsonNode settings);
}
