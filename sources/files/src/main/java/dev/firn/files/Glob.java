package dev.firn.files;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A path with wildcards: {@code *} and {@code ?} within a name, <code>**</code> over any number of
 * folders, none included, {@code [abc]} and <code>{a,b}</code>. A wildcard does not begin with a
 * dot.
 */
final class Glob {
  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  static boolean isOne(String path) {
    return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /**
   * Reads a pattern with {@code /} between names.
   *
   * @throws PatternSyntaxException for an open bracket or brace
   */
  static Glob of(String glob) {
    StringBuilder regex = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          boolean deep = glob.startsWith("**", i);
          boolean folders = glob.startsWith("**/", i);
          regex.append(nameStart(glob, i));
          regex.append(folders ? "(?:(?!\\.)[^/]+/)*" : deep ? ".*" : "[^/]*");
          i += folders ? 2 : deep ? 1 : 0;
        }
        case '?' -> regex.append(nameStart(glob, i)).append("[^/]");
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            throw new PatternSyntaxException("'[' is not closed", glob, i);
          }
          String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
          regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
          i = end;
        }
        case '{' -> {
          braces++;
          regex.append("(?:");
        }
        case '}' -> {
          braces--;
          regex.append(')');
        }
        case ',' -> regex.append(braces > 0 ? "|" : ",");
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return new Glob(Pattern.compile(regex.toString()));
  }

  private static String nameStart(String glob, int i) {
    return i == 0 || glob.charAt(i - 1) == '/' ? "(?!\\.)" : "";
  }

  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }
}
