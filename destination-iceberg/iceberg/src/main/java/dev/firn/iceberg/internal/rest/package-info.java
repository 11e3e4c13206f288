/** Catalogs behind Iceberg's REST protocol, and how Firn shows them who it is. */
@NullMarked
package dev.firn.iceberg.internal.rest;

import org.jspecify.annotations.NullMarked;
