/**
 * What a merge commit has to do: which staged rows live, which rows of the tables die, and what
 * counts as inserted, updated or unchanged. Reads tables and staged files, writes nothing but
 * copies of staged files that are mostly dead.
 */
@NullMarked
package dev.firn.iceberg.internal.merge;

import org.jspecify.annotations.NullMarked;
