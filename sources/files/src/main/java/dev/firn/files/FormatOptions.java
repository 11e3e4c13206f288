package dev.firn.files;

import dev.firn.files.internal.parse.CsvDialect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys under {@code options}.
 *
 * @param delimiter empty: a comma, or a tab in TSV
 * @param escape makes the next character of a cell an ordinary one
 * @param header whether the first row names the columns
 * @param nullIf unquoted cells that are null
 * @param compression empty: by each file's extension
 * @param records where in a JSON document the records are
 */
record FormatOptions(
    Optional<Character> delimiter,
    char quote,
    Optional<Character> escape,
    boolean header,
    List<String> nullIf,
    Charset charset,
    Optional<Compression> compression,
    RecordPath records) {
  static final Set<String> KEYS =
      Set.of("delimiter", "quote", "escape", "header", "null-if", "charset", "compression", "path");

  static final FormatOptions DEFAULT = read(Keys.none(Problems.none()), Problems.none());

  /** Reads the keys; mistakes go to {@code problems}. */
  static FormatOptions read(Keys keys, Problems problems) {
    keys.only(KEYS);
    Optional<Character> delimiter = character(keys, "delimiter", problems);
    Optional<Character> quote = character(keys, "quote", problems);
    Optional<Character> escape = character(keys, "escape", problems);
    if (quote.isPresent() && quote.equals(delimiter)) {
      problems.add("delimiter and quote are the same");
    }
    if (escape.isPresent() && escape.equals(delimiter)) {
      problems.add("delimiter and escape are the same");
    }
    return new FormatOptions(
        delimiter,
        quote.orElse('"'),
        escape.filter(each -> !each.equals(quote.orElse('"'))),
        keys.flag("header").orElse(true),
        keys.has("null-if") ? List.copyOf(keys.texts("null-if")) : List.of(""),
        charset(keys, problems),
        compression(keys),
        RecordPath.parse(keys.text("path").orElse("$"), problems));
  }

  /** The characters of a CSV or TSV file. */
  CsvDialect dialect(Format format) {
    char between = delimiter.orElse(format == Format.TSV ? '\t' : ',');
    return new CsvDialect(between, quote, escape, nullIf);
  }

  private static Optional<Character> character(Keys keys, String key, Problems problems) {
    Optional<String> word = keys.text(key).map(each -> each.equals("\\t") ? "\t" : each);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String text = word.get();
    if (text.length() != 1 || text.charAt(0) > 0x7e || "\r\n".contains(text)) {
      problems.add(key + " is '" + text + "'; a single ASCII character is expected");
      return Optional.empty();
    }
    return Optional.of(text.charAt(0));
  }

  private static Charset charset(Keys keys, Problems problems) {
    String word = keys.text("charset").orElse("utf-8");
    try {
      return Charset.forName(word);
    } catch (IllegalArgumentException e) {
      problems.add("charset '" + word + "' is unknown; use a name such as utf-8 or iso-8859-1");
      return StandardCharsets.UTF_8;
    }
  }

  private static Optional<Compression> compression(Keys keys) {
    if (keys.text("compression").equals(Optional.of("auto"))) {
      return Optional.empty();
    }
    return keys.choice("compression", Compression.class);
  }
}
