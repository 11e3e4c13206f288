package dev.firn.pipeline;

import dev.firn.source.OpenSource;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import java.util.Set;

/** A source type that is read from YAML but never opened. */
public final class ThingsProvider implements SourceProvider {
  @Override
  public String type() {
    return "things";
  }

  @Override
  public Set<String> sourceKeys() {
    return Set.of("token", "url");
  }

  @Override
  public Set<String> resourceKeys() {
    return Set.of("path", "format", "options");
  }

  @Override
  public OpenSource open(SourceSpec spec, Context context) {
    throw new UnsupportedOperationException("read from YAML only");
  }
}
