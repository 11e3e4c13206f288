/** An in-memory shop as an annotated source with an incremental cursor. */
@NullMarked
package dev.firn.examples.shop;

import org.jspecify.annotations.NullMarked;
