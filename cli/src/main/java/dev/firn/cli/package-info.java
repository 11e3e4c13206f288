/** The {@code firn} command: arguments in, answers out, no rule of its own. */
@NullMarked
package dev.firn.cli;

import org.jspecify.annotations.NullMarked;
