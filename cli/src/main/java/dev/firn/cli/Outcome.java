package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a command prints and how it ends.
 *
 * @param text for a person, without a line end; empty prints nothing
 * @param document for a program
 */
record Outcome(String text, JsonNode document, int exitCode) {
  static Outcome of(String text, JsonNode document) {
    return new Outcome(text, document, 0);
  }
}
