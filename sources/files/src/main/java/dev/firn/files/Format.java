package dev.firn.files;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a file's bytes are to be read, beneath any compression. */
enum Format {
  JSON_LINES("jsonl", "ndjson"),
  JSON("json", "json"),
  CSV("csv", "csv"),
  TSV("tsv", "tsv");

  private final String word;
  private final String alias;

  Format(String word, String alias) {
    this.word = word;
    this.alias = alias;
  }

  /** The format that a setting or a file's extension names. */
  static Optional<Format> named(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.word.equals(lower) || each.alias.equals(lower))
        .findFirst();
  }

  /** The format that a file's name says, compression aside. */
  static Optional<Format> ofFile(String name) {
    String plain = Compression.stripped(name);
    int dot = plain.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : named(plain.substring(dot + 1));
  }

  /** Every word, for messages. */
  static String supported() {
    return Arrays.stream(values())
        .map(each -> each.word.equals(each.alias) ? each.word : each.word + ", " + each.alias)
        .collect(Collectors.joining(", "));
  }

  /** Whether rows of cells stand in lines. */
  boolean delimited() {
    return this == CSV || this == TSV;
  }
}
