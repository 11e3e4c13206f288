/** Tests of a user's own contracts and sources: generators, a kit for contracts, a suite. */
@NullMarked
package dev.firn.testkit.contract;

import org.jspecify.annotations.NullMarked;
