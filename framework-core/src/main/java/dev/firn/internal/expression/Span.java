package dev.firn.internal.expression;

/** A length of time as a value, in microseconds. */
record Span(long micros) {}
