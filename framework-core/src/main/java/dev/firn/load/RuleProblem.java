package dev.firn.load;

/**
 * Something that rules of writing cannot mean.
 *
 * @param key the key of {@code pipeline.yaml} that says it
 * @param message what is wrong, a sentence
 * @param hint what to do about it
 */
public record RuleProblem(String key, String message, String hint) {}
