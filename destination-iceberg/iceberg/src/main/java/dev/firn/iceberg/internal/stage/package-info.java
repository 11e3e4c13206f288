/** Phase 1: batches become data files that no snapshot names yet. */
@NullMarked
package dev.firn.iceberg.internal.stage;

import org.jspecify.annotations.NullMarked;
