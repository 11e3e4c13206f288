/** Tables in Azure's Data Lake Storage: an optional storage, whose jars lie in {@code plugins/}. */
@NullMarked
package dev.firn.iceberg.adls;

import org.jspecify.annotations.NullMarked;
