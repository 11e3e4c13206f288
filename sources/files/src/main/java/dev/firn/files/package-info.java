/** The files source: JSON lines, JSON, CSV and TSV, plain or compressed. */
@NullMarked
package dev.firn.files;

import org.jspecify.annotations.NullMarked;
