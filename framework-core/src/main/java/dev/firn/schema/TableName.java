package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table's name: all parts but the last are the namespace. */
public record TableName(List<String> namespace, String name) {
  public TableName {
    namespace = List.copyOf(namespace);
    if (name.isBlank() || namespace.stream().anyMatch(String::isBlank)) {
      throw invalid(String.join(".", namespace) + "." + name);
    }
  }

  /**
   * Reads {@code a.b.c} or {@code "a"."b"."c"}; a part of anything but letters, digits, {@code _}
   * and {@code -} is quoted, {@code ""} in it is a quote. Parts become folders, and catalogs join
   * them by dots: slashes, control characters, and dots at an end or in a row are in none.
   */
  public static TableName parse(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      StringBuilder part = new StringBuilder();
      at = text.startsWith("\"", at) ? quoted(text, at + 1, part) : plain(text, at, part);
      parts.add(part.toString());
      requireFolderName(part.toString(), text);
      if (at < text.length() && text.charAt(at) != '.') {
        throw invalid(text);
      }
      at++;
    }
    return new TableName(parts.subList(0, parts.size() - 1), parts.get(parts.size() - 1));
  }

  private static void requireFolderName(String part, String text) {
    boolean strange = part.codePoints().anyMatch(c -> c == '/' || c == '\\' || c < ' ');
    if (strange || part.startsWith(".") || part.endsWith(".") || part.contains("..")) {
      throw invalid(text);
    }
  }

  private static int plain(String text, int from, StringBuilder part) {
    int dot = text.indexOf('.', from);
    int end = dot < 0 ? text.length() : dot;
    String word = text.substring(from, end).strip();
    if (word.isEmpty() || !isPlain(word)) {
      throw invalid(text);
    }
    part.append(word);
    return end;
  }

  private static boolean isPlain(String part) {
    return part.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
  }

  private static int quoted(String text, int from, StringBuilder part) {
    int at = from;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw invalid(text);
      }
      part.append(text, at, quote);
      if (!text.startsWith("\"\"", quote)) {
        return quote + 1;
      }
      part.append('"');
      at = quote + 2;
    }
  }

  private static FirnException invalid(String text) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "'" + text + "' is no table name.",
        "Write namespace.table; quote a part of other than letters, digits, _ and -: \"my.namespace\".\"a table\".");
  }

  /** This name in the namespace given when it has none of its own. */
  public TableName inNamespace(String defaultNamespace) {
    return namespace.isEmpty() ? new TableName(List.of(defaultNamespace.split("\\.")), name) : this;
  }

  /** The child table that the list at {@code path} fills: {@code parent__path}. */
  public TableName child(String path) {
    return new TableName(namespace, name + "__" + path);
  }

  /** The name as {@link #parse} reads it. */
  @Override
  public String toString() {
    return Stream.concat(namespace.stream(), Stream.of(name))
        .map(TableName::quotedWhereNeeded)
        .collect(Collectors.joining("."));
  }

  private static String quotedWhereNeeded(String part) {
    return isPlain(part) ? part : "\"" + part.replace("\"", "\"\"") + "\"";
  }
}
