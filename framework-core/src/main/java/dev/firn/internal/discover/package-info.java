/** Sources in Java: annotated classes and resources built in code, read into the model. */
@NullMarked
package dev.firn.internal.discover;

import org.jspecify.annotations.NullMarked;
