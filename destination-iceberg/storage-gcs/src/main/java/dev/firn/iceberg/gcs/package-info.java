/** Tables in Google's Cloud Storage: an optional storage, whose jars lie in {@code plugins/}. */
@NullMarked
package dev.firn.iceberg.gcs;

import org.jspecify.annotations.NullMarked;
