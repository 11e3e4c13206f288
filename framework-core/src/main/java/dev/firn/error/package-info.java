/** What went wrong, which code it has, and what to do next. */
@NullMarked
package dev.firn.error;

import org.jspecify.annotations.NullMarked;
