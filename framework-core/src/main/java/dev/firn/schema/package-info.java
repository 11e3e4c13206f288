/** Names, types and schemas of tables, and the changes between two of them. */
@NullMarked
package dev.firn.schema;

import org.jspecify.annotations.NullMarked;
