/**
 * A catalog of one's own.
 *
 * <p>Two classes: {@link dev.firn.examples.catalog.JsonFileCatalogProvider} is what Firn asks for:
 * the word for {@code type:}, what such catalogs can do, and how to open one. {@link
 * dev.firn.examples.catalog.JsonFile} swaps a text under a name only if it is still the one that
 * was seen, which is all that {@code PointerCatalog} needs; a provider may return any other Iceberg
 * {@code Catalog} instead.
 *
 * <p>A line in {@code META-INF/services/dev.firn.iceberg.CatalogProvider} names the provider. With
 * the jar in {@code plugins/} beside {@code pipeline.yaml}, loads land in it by
 *
 * <pre>{@code
 * catalogs:
 *   lake: { type: json-file, path: lake }
 * }</pre>
 *
 * <p>Its test names the provider, extends {@code CatalogSuite} of {@code firn-iceberg-testkit}, and
 * thereby shows that loads into this catalog survive lost answers, other threads and processes, and
 * columns and tables that change while they run.
 */
@NullMarked
package dev.firn.examples.catalog;

import org.jspecify.annotations.NullMarked;
