package dev.firn.examples.weather;

import dev.firn.contract.Contract;
import dev.firn.contract.Matches;
import dev.firn.contract.Max;
import dev.firn.contract.Min;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Required;
import java.time.Instant;

/** One reading of one station. */
@Contract(onViolation = OnViolation.DROP_ROW)
public record Reading(
    @Required @Matches("^[A-Z]{3}[0-9]{2}$") String station,
    @Required Instant at,
    @Min(-90) @Max(60) Double celsius,
    Sky sky) {}
