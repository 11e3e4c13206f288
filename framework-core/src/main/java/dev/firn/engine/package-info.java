/** Where splits are read: on this machine's threads, or elsewhere. */
@NullMarked
package dev.firn.engine;

import org.jspecify.annotations.NullMarked;
