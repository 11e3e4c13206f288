/** Where rows land: the interfaces that a destination implements. */
@NullMarked
package dev.firn.destination;

import org.jspecify.annotations.NullMarked;
