package dev.firn.internal.expression;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words, numbers, texts and signs of an expression, one after the other. */
final class Tokens {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  enum Kind {
    WORD,
    /** A name in double quotes: a column, whatever it says. */
    NAME,
    NUMBER,
    TEXT,
    SIGN,
    END
  }

  /**
   * One of them.
   *
   * @param text without its quotes
   * @param at where it begins, from 0
   * @param end behind its last character
   */
  record Token(Kind kind, String text, int at, int end) {}

  Tokens(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        Token token = token(at);
        tokens.add(token);
        at = token.end();
      }
    }
    tokens.add(new Token(Kind.END, "", text.length(), text.length()));
  }

  private Token token(int at) {
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      return quoted(at, c);
    } else if (Character.isDigit(c)) {
      return run(Kind.NUMBER, at, "0123456789.");
    } else if (Character.isLetter(c) || c == '_') {
      int end = at;
      while (end < text.length() && inWord(text.charAt(end))) {
        end++;
      }
      return new Token(Kind.WORD, text.substring(at, end), at, end);
    }
    for (String sign : List.of("<=", ">=", "<>", "!=")) {
      if (text.startsWith(sign, at)) {
        return new Token(Kind.SIGN, sign.equals("!=") ? "<>" : sign, at, at + 2);
      }
    }
    if ("=<>+-*/(),".indexOf(c) < 0) {
      throw mistake(at, "'" + c + "' means nothing");
    }
    return new Token(Kind.SIGN, String.valueOf(c), at, at + 1);
  }

  private static boolean inWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }

  private Token run(Kind kind, int at, String characters) {
    int end = at;
    while (end < text.length() && characters.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return new Token(kind, text.substring(at, end), at, end);
  }

  private Token quoted(int at, char quote) {
    StringBuilder inner = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != quote) {
        inner.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
        inner.append(c);
        i++;
      } else {
        return new Token(quote == '"' ? Kind.NAME : Kind.TEXT, inner.toString(), at, i + 1);
      }
    }
    throw mistake(at, "a quote is not closed");
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  /** The text between two tokens, as it is written. */
  String between(Token first) {
    return text.substring(first.at(), tokens.get(next - 1).end());
  }

  /** Takes a sign or a word of the language, if it comes next. */
  boolean takes(String wanted) {
    Token token = peek();
    boolean comes =
        switch (token.kind()) {
          case SIGN -> token.text().equals(wanted);
          case WORD -> token.text().toLowerCase(Locale.ROOT).equals(wanted);
          case NAME, NUMBER, TEXT, END -> false;
        };
    if (comes) {
      take();
    }
    return comes;
  }

  void require(String wanted) {
    if (!takes(wanted)) {
      throw mistake(peek().at(), "'" + wanted + "' is missing");
    }
  }

  FirnException mistake(int at, String what) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "The expression '%s' cannot be read: %s at its character %d.".formatted(text, what, at + 1),
        "Write a condition such as: ended >= started and amount > 0.");
  }
}
