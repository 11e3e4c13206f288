/** Local files without Hadoop. */
@NullMarked
package dev.firn.iceberg.internal.io;

import org.jspecify.annotations.NullMarked;
