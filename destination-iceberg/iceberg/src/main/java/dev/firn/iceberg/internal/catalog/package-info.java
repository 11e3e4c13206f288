/** Catalogs: finding, opening and naming them, and what their failures mean. */
@NullMarked
package dev.firn.iceberg.internal.catalog;

import org.jspecify.annotations.NullMarked;
