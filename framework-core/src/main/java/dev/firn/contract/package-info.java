/** What may arrive and what happens when something else does. */
@NullMarked
package dev.firn.contract;

import org.jspecify.annotations.NullMarked;
