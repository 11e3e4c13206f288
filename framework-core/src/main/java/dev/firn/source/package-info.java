/** Where records come from: annotations, resources, splits and the events of a record. */
@NullMarked
package dev.firn.source;

import org.jspecify.annotations.NullMarked;
