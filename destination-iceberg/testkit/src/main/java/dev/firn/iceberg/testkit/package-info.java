/** Suites for catalogs, and a catalog and file store that fail on request. */
@NullMarked
package dev.firn.iceberg.testkit;

import org.jspecify.annotations.NullMarked;
