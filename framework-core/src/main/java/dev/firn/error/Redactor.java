package dev.firn.error;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Removes secrets from everything that is printed, logged or written to a report. */
public final class Redactor {
  /** What stands in place of a secret. */
  public static final String MASK = "***";

  private static final Pattern URL_PASSWORD = Pattern.compile("(://[^/\\s:@]*:)[^/\\s@]+(@)");
  private static final Pattern NAMED_SECRET =
      Pattern.compile(
          "(?i)((?<!\\$\\{)(?:password|passwd|secret|token|api[-_]?key|credential)s?\"?\\s*[=:]\\s*\"?)"
              + "(?!\\$\\{)[^\\s\"&,;}]+");

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /**
   * Registers a secret's value; values shorter than 3 characters are ignored, they would hide plain
   * text.
   */
  public void add(String secret) {
    if (secret.strip().length() >= 3) {
      secrets.add(secret);
      secrets.add(new String(JsonStringEncoder.getInstance().quoteAsString(secret))); // in JSON
    }
  }

  /**
   * The text with each registered secret, each password in a URL and each named secret masked;
   * templates such as {@code ${secret:name}} stay readable.
   */
  public String redact(String text) {
    String clean = text;
    for (String secret : longestFirst()) {
      clean = clean.replace(secret, MASK);
    }
    clean = URL_PASSWORD.matcher(clean).replaceAll("$1" + MASK + "$2");
    return NAMED_SECRET.matcher(clean).replaceAll("$1" + MASK);
  }

  private List<String> longestFirst() {
    Comparator<String> order = Comparator.comparingInt(String::length).reversed();
    return new TreeSet<>(secrets).stream().sorted(order).toList();
  }
}
