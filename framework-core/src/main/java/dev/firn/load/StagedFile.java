package dev.firn.load;

/**
 * One finished, invisible data file.
 *
 * @param path where it lies, as the destination wrote it
 * @param details what only the destination reads, as JSON text
 */
public record StagedFile(String path, long rows, long bytes, String details) {}
