package dev.firn.pipeline;

/**
 * One setting of a pipeline and where it comes from.
 *
 * @param path its keys, joined by {@code .}
 * @param value as text; {@code ***} for a secret
 * @param origin {@code file:line:column}, {@code environment NAME}, {@code --set KEY}, {@code
 *     implied by KEY} or {@code default}
 */
public record ConfigValue(String path, String value, String origin) {}
