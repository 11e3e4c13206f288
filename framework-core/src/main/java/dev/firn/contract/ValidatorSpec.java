package dev.firn.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A validator as a contract asks for it.
 *
 * @param type finds its {@link ValidatorProvider}
 * @param onViolation empty: what the contract says
 * @param settings an object with the keys of this type
 */
public record ValidatorSpec(String type, Optional<OnViolation> onViolation, JsonNode settings) {}
