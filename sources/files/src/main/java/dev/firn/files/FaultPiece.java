package dev.firn.files;

import dev.firn.error.FirnException;
import dev.firn.files.internal.parse.Faults;
import dev.firn.source.RecordSink;

/**
 * What was found wrong while a file was cut: told when the piece is read, so that everything before
 * it is told first and the file can be skipped.
 */
record FaultPiece(InputFile file, FirnException fault, Faults faults) implements Piece {
  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void read(RecordSink sink) {
    sink.beginRecord(0); // the fault itself tells where it is
    faults.report(fault, sink);
  }
}
