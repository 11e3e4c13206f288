package dev.firn.pipeline;

import dev.firn.load.LoadId;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that was kept aside instead of loaded.
 *
 * @param resource the resource that brought it
 * @param source where it stands: {@code file:line}, or what the source can say
 * @param rule what kept it out, such as {@code min 20}
 * @param column the column that the rule is of
 * @param payload the record as JSON; the text of one that could not be read
 */
public record QuarantinedRecord(
    LoadId loadId,
    Instant time,
    String resource,
    String source,
    String rule,
    Optional<String> column,
    String reason,
    String payload) {}
