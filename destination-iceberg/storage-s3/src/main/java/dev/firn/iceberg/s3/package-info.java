/** Tables in S3: an optional storage, whose jars lie in {@code plugins/}. */
@NullMarked
package dev.firn.iceberg.s3;

import org.jspecify.annotations.NullMarked;
