package dev.firn.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes nested events like those of a public code host's timeline, one JSON object a line. Keys
 * mix camelCase and snake_case, the payload's shape depends on the type, lists hold 0 to 20 items,
 * the organisation is missing from six in ten events. With drift the second half changes types
 * (integer to double, double to text, text to object) and adds fields.
 *
 * <pre>GenerateEvents OUT.jsonl MEGABYTES [SEED] [drift]</pre>
 */
public final class GenerateEvents {
  private static final long FIRST_SECOND = 1_700_000_000L;
  private static final int EVENTS_A_SECOND = 40;

  private final Draw draw;
  private final JsonOut json;
  private final EventParts parts;
  private final EventPayload payload;

  private GenerateEvents(TextOut out, long seed) {
    draw = new Draw(seed);
    json = new JsonOut(out);
    Phrases phrases = new Phrases(draw);
    parts = new EventParts(draw, json, phrases);
    payload = new EventPayload(draw, json, phrases, parts);
  }

  /** Runs the generator; see the class for its arguments. */
  public static void main(String[] args) throws IOException {
    long bytes = Long.parseLong(args[1]) * 1_000_000;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 42;
    boolean drift = args.length > 3 && args[3].equals("drift");
    long rows = write(Path.of(args[0]), new Events(0, bytes, seed, drift));
    System.out.println(rows + " events in " + args[0]);
  }

  /**
   * Which events to write.
   *
   * @param first the number of the first one; events of the same number have the same id
   * @param bytes the file ends with the first event that reaches this size
   * @param seed the same seed makes the same bytes
   * @param drift whether types and fields change after half of the bytes
   */
  public record Events(long first, long bytes, long seed, boolean drift) {}

  /** Writes a file and returns the number of its events. */
  public static long write(Path file, Events wanted) throws IOException {
    try (TextOut out = new TextOut(Files.newOutputStream(file))) {
      GenerateEvents events = new GenerateEvents(out, wanted.seed());
      long number = wanted.first();
      while (out.bytes() < wanted.bytes()) {
        events.write(number++, wanted.drift() && out.bytes() > wanted.bytes() / 2);
      }
      return number - wanted.first();
    }
  }

  private void write(long number, boolean late) {
    EventType type = EventType.drawnBy(draw);
    long epochMillis = (FIRST_SECOND + number / EVENTS_A_SECOND) * 1000;
    Event event = new Event(number, draw.heavyTailed(EventParts.REPOSITORIES), epochMillis, late);
    json.openObject().text("id", "", 30_000_000_000L + number * 7, "").text("type", type.label());
    parts.actor();
    parts.repository(event.repository());
    payload.write(type, event);
    json.flag("public", !draw.oneIn(100)).instant("created_at", epochMillis);
    if (late) {
      json.decimal("processingMs", draw.below(900_000), 3);
      json.openObject("ingestedBy").text("host", "h", draw.below(32), "");
      json.number("attempt", draw.below(4)).closeObject();
    } else {
      json.number("processingMs", draw.below(900));
    }
    if (draw.percent(40)) {
      parts.organisation();
    }
    json.closeObject().endLine();
  }
}
