/** Judges records by what JSON Schema can say and columns cannot. */
@NullMarked
package dev.firn.jsonschema;

import org.jspecify.annotations.NullMarked;
