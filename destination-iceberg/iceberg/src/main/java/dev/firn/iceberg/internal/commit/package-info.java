/** Phase 2: one conditional swap of metadata a round, by our own loop. */
@NullMarked
package dev.firn.iceberg.internal.commit;

import org.jspecify.annotations.NullMarked;
