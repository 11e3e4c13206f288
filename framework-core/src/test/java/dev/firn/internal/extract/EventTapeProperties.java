package dev.firn.internal.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventTapeProperties {
  private static final List<Key> KEYS =
      List.of(Key.of("id"), Key.of("größe"), Key.of(""), Key.of("z"));

  @Property
  void whatIsRecordedIsPlayed(@ForAll("events") List<Consumer<RecordSink>> events) {
    KeyTable keys = new KeyTable();
    EventTape tape = new EventTape(16, keys);
    EventLog direct = new EventLog();

    events.forEach(event -> event.accept(tape));
    events.forEach(event -> event.accept(direct));

    EventLog played = new EventLog();
    new TapePlayer(tape.cut(), keys.snapshot()).playTo(played);
    assertThat(played.lines).isEqualTo(direct.lines);
    assertThat(tape.length()).isZero();
  }

  @Property
  void aRejectedRecordLeavesNoEvents(
      @ForAll("events") List<Consumer<RecordSink>> before,
      @ForAll("values") List<Consumer<RecordSink>> inside) {
    KeyTable keys = new KeyTable();
    EventTape tape = new EventTape(16, keys);
    EventLog expected = new EventLog();
    FirnException reason = new FirnException(ErrorCode.MALFORMED_DATA, "why", "what next");

    before.forEach(event -> event.accept(tape));
    tape.endRecord();
    tape.beginRecord(7);
    inside.forEach(event -> event.accept(tape));
    tape.reject(reason);

    before.forEach(event -> event.accept(expected));
    expected.endRecord();
    expected.reject(reason);
    EventLog played = new EventLog();
    new TapePlayer(tape.cut(), keys.snapshot()).playTo(played);
    assertThat(played.lines).isEqualTo(expected.lines);
  }

  @Provide
  Arbitrary<List<Consumer<RecordSink>>> events() {
    Arbitrary<Consumer<RecordSink>> structure =
        Arbitraries.of(
            sink -> sink.beginRecord(Long.MAX_VALUE),
            RecordSink::endRecord,
            RecordSink::beginObject,
            RecordSink::endObject,
            RecordSink::beginList,
            RecordSink::endList,
            RecordSink::padded);
    return Arbitraries.oneOf(structure, value()).list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Consumer<RecordSink>>> values() {
    return value().list().ofMaxSize(20);
  }

  private static Arbitrary<Consumer<RecordSink>> value() {
    Arbitrary<Long> longs = Arbitraries.longs();
    return Arbitraries.oneOf(
        Arbitraries.of(KEYS).map(key -> sink -> sink.key(key)),
        Arbitraries.just(RecordSink::nothing),
        Arbitraries.of(true, false).map(value -> sink -> sink.bool(value)),
        longs.map(value -> sink -> sink.integer(value)),
        longs.map(value -> sink -> sink.timestamp(value)),
        longs.map(value -> sink -> sink.timestampNtz(value)),
        longs.map(value -> sink -> sink.time(value)),
        Arbitraries.integers().map(value -> sink -> sink.date(value)),
        longs.map(value -> sink -> sink.real(Double.longBitsToDouble(value))),
        decimals().map(value -> sink -> sink.decimal(value)),
        bytes().map(value -> sink -> sink.binary(value)),
        text().map(value -> sink -> sink.text(value)),
        text().map(EventTapeProperties::utf8).map(u -> sink -> sink.string(u, 0, u.length)),
        text().map(EventTapeProperties::utf8).map(u -> sink -> sink.cell(u, 0, u.length)),
        text().map(EventTapeProperties::utf8).map(u -> sink -> sink.key(u, 0, u.length)),
        longs
            .map(String::valueOf)
            .map(EventTapeProperties::utf8)
            .map(u -> s -> s.number(u, 0, u.length)),
        Combinators.combine(longs, longs)
            .as((high, low) -> sink -> sink.uuid(new UUID(high, low))));
  }

  private static Arbitrary<BigDecimal> decimals() {
    return Combinators.combine(
            Arbitraries.bigIntegers(), Arbitraries.integers().between(-1000, 1000))
        .as(BigDecimal::new);
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMaxLength(200);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
