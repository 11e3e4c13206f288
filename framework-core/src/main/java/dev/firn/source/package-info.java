/** Where records come from: sources, their resources, cursors and splits. */
@NullMarked
package dev.firn.source;

import org.jspecify.annotations.NullMarked;
