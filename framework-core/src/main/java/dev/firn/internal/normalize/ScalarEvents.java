package dev.firn.internal.normalize;

import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Takes scalars: into JSON text while one is captured, nowhere while rows are skipped, else as a
 * value of a row.
 */
abstract class ScalarEvents implements RecordSink {
  final RecordState state;
  final JsonCapture json = new JsonCapture();

  /** Whether events become JSON text. */
  boolean capturing;

  /** Open objects and lists that are left out. */
  int skipping;

  ScalarEvents(RecordState state) {
    this.state = state;
  }

  /** Puts the value that the state holds where it belongs. */
  abstract void scalar();

  @Override
  public void bool(boolean value) {
    if (capturing) {
      json.raw(value ? "true" : "false");
    } else if (skipping == 0) {
      state.value.set(Facts.BOOLEAN, value ? 1 : 0);
      scalar();
    }
  }

  @Override
  public void integer(long value) {
    if (capturing) {
      json.raw(Long.toString(value));
    } else if (skipping == 0) {
      state.value.set(Facts.LONG, value);
      scalar();
    }
  }

  @Override
  public void real(double value) {
    if (capturing) {
      boolean finite = Math.abs(value) <= Double.MAX_VALUE;
      json.raw(finite ? Double.toString(value) : "null");
    } else if (skipping == 0) {
      state.value.setReal(value);
      scalar();
    }
  }

  @Override
  public void decimal(BigDecimal value) {
    if (capturing) {
      json.raw(value.toString());
    } else if (skipping == 0) {
      state.value.setDecimal(value);
      scalar();
    }
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    if (capturing) {
      json.raw(ascii, from, to);
    } else if (skipping == 0) {
      state.value.setNumber(ascii, from, to);
      scalar();
    }
  }

  @Override
  public void string(byte[] utf8, int from, int to) {
    if (capturing) {
      json.string(utf8, from, to);
    } else if (skipping == 0) {
      state.value.setBytes(Facts.STRING, utf8, from, to);
      scalar();
    }
  }

  @Override
  public void cell(byte[] utf8, int from, int to) {
    if (capturing) {
      json.string(utf8, from, to);
    } else if (skipping == 0) {
      state.value.setCell(utf8, from, to);
      scalar();
    }
  }

  @Override
  public void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    text(utf8, 0, utf8.length);
  }

  @Override
  public void text(byte[] utf8, int from, int to) {
    if (capturing) {
      json.string(utf8, from, to);
    } else if (skipping == 0) {
      state.value.setText(utf8, from, to);
      scalar();
    }
  }

  @Override
  public void timestamp(long micros) {
    typed(Facts.TIMESTAMP, micros);
  }

  @Override
  public void timestampNtz(long micros) {
    typed(Facts.TIMESTAMP_NTZ, micros);
  }

  @Override
  public void date(int days) {
    typed(Facts.DATE, days);
  }

  @Override
  public void time(long micros) {
    typed(Facts.TIME, micros);
  }

  private void typed(int fact, long number) {
    if (skipping == 0) {
      state.value.set(fact, number);
      scalarOrText();
    }
  }

  @Override
  public void binary(byte[] bytes) {
    if (skipping == 0) {
      state.value.setBytes(Facts.BINARY, bytes, 0, bytes.length);
      scalarOrText();
    }
  }

  @Override
  public void uuid(UUID value) {
    if (skipping == 0) {
      state.value.setUuid(value);
      scalarOrText();
    }
  }

  private void scalarOrText() {
    if (capturing) {
      Value value = state.value;
      value.spell();
      json.string(value.bytes, value.from, value.to);
    } else {
      scalar();
    }
  }
}
