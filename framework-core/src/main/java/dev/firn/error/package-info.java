/** The one exception type, its codes with their exit codes, and the redactor of secrets. */
@NullMarked
package dev.firn.error;

import org.jspecify.annotations.NullMarked;
