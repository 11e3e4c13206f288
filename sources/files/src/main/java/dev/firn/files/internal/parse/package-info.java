/** Bytes to events: JSON and CSV, with the place of every fault. Knows no files. */
@NullMarked
package dev.firn.files.internal.parse;

import org.jspecify.annotations.NullMarked;
