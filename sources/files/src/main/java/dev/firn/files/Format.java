package dev.firn.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a file's bytes are to be read, beneath any compression. */
enum Format {
  JSON_LINES("jsonl", "ndjson"),
  JSON("json"),
  CSV("csv"),
  TSV("tsv");

  private final List<String> words;

  Format(String... words) {
    this.words = List.of(words);
  }

  /** The format that a setting or a file's extension names. */
  static Optional<Format> named(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> each.words.contains(lower)).findFirst();
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
        .flatMap(each -> each.words.stream())
        .collect(Collectors.joining(", "));
  }

  /** Whether columns have names of their own, so that a delimiter and a header matter. */
  boolean delimited() {
    return this == CSV || this == TSV;
  }
}
