package dev.firn.iceberg.internal.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a server has answered about tables. It is asked each time, but need not send again what has
 * not changed (RFC 9110, section 13.1.2); one that knows nothing of this answers in full. Answers
 * with keys to the storage are not kept.
 */
final class KnownTables {
  private static final int MOST_TABLES = 256;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String ETAG = "ETag";
  private static final String IF_NONE_MATCH = "If-None-Match";

  private static final Pattern KEY =
      Pattern.compile("token|secret|key|credential|sas", Pattern.CASE_INSENSITIVE);

  private final Cache<String, Answer> known =
      Caffeine.newBuilder().maximumSize(MOST_TABLES).expireAfterWrite(LONGEST).build();

  private record Answer(String tag, LoadTableResponse table) {}

  /** A request for a table; the server's answer is nothing when the table is as it was. */
  interface Request {
    @Nullable LoadTableResponse send(
        Map<String, String> headers, Consumer<Map<String, String>> answered);
  }

  /**
   * The table as the server has it now.
   *
   * @param address the request's path and query
   */
  LoadTableResponse current(String address, Map<String, String> headers, Request request) {
    Optional<Answer> before = Optional.ofNullable(known.getIfPresent(address));
    Map<String, String> asking = new TreeMap<>(headers);
    before.ifPresent(answer -> asking.put(IF_NONE_MATCH, answer.tag()));
    // Names of headers are spelled in any case.
    Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    LoadTableResponse now = request.send(asking, given::putAll);
    if (now == null) {
      return before.orElseThrow().table();
    }
    String tag = given.get(ETAG);
    if (tag == null || bringsKeys(now)) {
      known.invalidate(address);
    } else {
      known.put(address, new Answer(tag, now));
    }
    return now;
  }

  // Keys to the storage may end long before the answer would be forgotten.
  private static boolean bringsKeys(LoadTableResponse table) {
    return !table.credentials().isEmpty()
        || table.config().keySet().stream().anyMatch(name -> KEY.matcher(name).find());
  }
}
