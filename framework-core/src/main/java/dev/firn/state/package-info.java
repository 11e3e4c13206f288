/** What a resource remembers between runs, kept in its table and committed with its rows. */
@NullMarked
package dev.firn.state;

import org.jspecify.annotations.NullMarked;
