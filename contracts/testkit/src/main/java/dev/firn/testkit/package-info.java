/** Laws, generators and suites that every source and destination runs. */
@NullMarked
package dev.firn.testkit;

import org.jspecify.annotations.NullMarked;
