package dev.firn.internal.yaml;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into plain stretches, templates and escapes. */
final class TemplateText {
  private static final String OPEN = "${";
  private static final String ESCAPED = "$${";

  private TemplateText() {}

  enum Kind {
    TEXT,
    /** Two dollar signs and a brace, for a literal dollar sign and brace. */
    ESCAPE,
    TEMPLATE
  }

  /**
   * @param text of a template what stands between the braces, without blanks around it
   */
  record Part(Kind kind, String text) {}

  static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf(OPEN, at);
      boolean escaped = open > at && text.charAt(open - 1) == '$';
      int end = open < 0 ? text.length() : escaped ? open - 1 : open;
      if (end > at) {
        parts.add(new Part(Kind.TEXT, text.substring(at, end)));
      }
      at = open < 0 ? text.length() : escaped ? escape(parts, open) : template(parts, text, open);
    }
    return parts;
  }

  private static int escape(List<Part> parts, int open) {
    parts.add(new Part(Kind.ESCAPE, ESCAPED));
    return open + OPEN.length();
  }

  private static int template(List<Part> parts, String text, int open) {
    int close = text.indexOf('}', open);
    if (close < 0) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The template '" + text.substring(open) + "' has no end.",
          "Close it with }, or write $${ for a literal ${.");
    }
    parts.add(new Part(Kind.TEMPLATE, text.substring(open + OPEN.length(), close).strip()));
    return close + 1;
  }
}
