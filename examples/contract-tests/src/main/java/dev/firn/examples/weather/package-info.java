/** Readings of weather stations, under a contract. */
@NullMarked
package dev.firn.examples.weather;

import org.jspecify.annotations.NullMarked;
