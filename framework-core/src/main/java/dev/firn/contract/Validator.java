package dev.firn.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Judges records by rules that columns cannot check: the interface for other tools of data quality.
 * Belongs to one thread.
 */
public interface Validator extends AutoCloseable {
  /**
   * What is wrong with a record; nothing as a rule.
   *
   * @param record as it came: the source's keys, values not coerced to any declared type
   */
  List<Finding> validate(JsonNode record);

  @Override
  default void close() {}

  /**
   * One thing that is wrong.
   *
   * @param path where, keys joined by {@code .}; empty: the record as a whole
   * @param rule what was asked, the same words for the same rule: counts go by it
   * @param value what was found, for people
   */
  record Finding(String path, String rule, String value) {}
}
