/** Pipeline files: their layers, templates and keys, and the way back from a model to YAML. */
@NullMarked
package dev.firn.internal.yaml;

import org.jspecify.annotations.NullMarked;
