/** Conditions on rows and on whole loads, as contracts write them. */
@NullMarked
package dev.firn.internal.expression;

import org.jspecify.annotations.NullMarked;
