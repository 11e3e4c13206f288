package dev.firn.files;

import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * A file that is read, as it was when it was listed.
 *
 * @param name as a user knows it: relative where the setting is
 * @param size in bytes; what is appended later is not read
 * @param modified milliseconds since the epoch
 * @param regular false for pipes and the standard input, which can be read once, from the beginning
 */
record InputFile(
    Path path,
    String name,
    long size,
    long modified,
    boolean regular,
    Format format,
    Compression compression,
    Charset charset) {}
