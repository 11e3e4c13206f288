package dev.firn.bench.data;

/**
 * What the parts of one event share.
 *
 * @param number its place in the file, from 0
 * @param late whether it belongs to the second half of a drifting file
 */
record Event(long number, int repository, long epochMillis, boolean late) {}
