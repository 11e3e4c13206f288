/** What the rules of a contract cost: the same load with and without them. */
@NullMarked
package dev.firn.bench.rules;

import org.jspecify.annotations.NullMarked;
