/** In Iceberg's package because the routes of its reference server are package-private. */
@NullMarked
package org.apache.iceberg.rest;

import org.jspecify.annotations.NullMarked;
