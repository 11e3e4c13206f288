package dev.firn.internal.extract;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import dev.firn.source.Split;

/** Some records of a resource, on a tape. */
final class TapeSplit implements Split {
  private static final int DATA = 1;
  private static final int CONTRACT = 3;

  private final long ordinal;
  private final String resource;
  private final byte[] tape;
  private final Key[] keys;

  /**
   * @param keys the numbered keys that the tape uses
   */
  TapeSplit(long ordinal, String resource, byte[] tape, Key[] keys) {
    this.ordinal = ordinal;
    this.resource = resource;
    this.tape = tape;
    this.keys = keys;
  }

  byte[] tape() {
    return tape;
  }

  Key[] keys() {
    return keys;
  }

  @Override
  public long ordinal() {
    return ordinal;
  }

  @Override
  public String group() {
    return resource;
  }

  @Override
  public long bytes() {
    return tape.length;
  }

  @Override
  public void read(RecordSink sink) {
    TapePlayer player = new TapePlayer(tape, keys);
    try {
      player.playTo(sink);
    } catch (FirnException failure) {
      int exit = failure.code().exitCode();
      throw exit == DATA || exit == CONTRACT
          ? failure.at("resource " + resource + ", record " + player.position())
          : failure;
    }
  }
}
