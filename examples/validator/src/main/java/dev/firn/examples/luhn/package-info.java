/** A rule for contracts: the check digit of card numbers. */
@NullMarked
package dev.firn.examples.luhn;

import org.jspecify.annotations.NullMarked;
