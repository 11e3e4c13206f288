package dev.firn.pipeline;

import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.destination.DestinationProvider;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;

/** A destination type that is read from YAML but never opened. */
public final class LakeProvider implements DestinationProvider {
  @Override
  public String type() {
    return "iceberg";
  }

  @Override
  public void check(DestinationConfig config) {
    if (config.settings().path("type").asText().equals("unheard-of")) {
      throw new FirnException(ErrorCode.UNKNOWN_TYPE, "No catalog type 'unheard-of'.", "jdbc");
    }
    if (config.settings().path("uri").asText().equals("nowhere")) {
      throw new FirnException(ErrorCode.INVALID_CONFIG, "No such place.", "");
    }
  }

  @Override
  public Destination open(DestinationConfig config) {
    throw new UnsupportedOperationException("read from YAML only");
  }
}
