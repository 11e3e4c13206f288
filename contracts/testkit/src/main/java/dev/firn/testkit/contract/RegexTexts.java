package dev.firn.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Makes texts that a regular expression matches: literals, {@code .}, classes, {@code \d \w \s},
 * groups, choices, quantifiers and the anchors {@code ^} and {@code $}. What looks around or back
 * has no such recipe.
 */
final class RegexTexts {
  private static final int MOST_REPEATS = 5;
  private static final String PRINTABLE = range(' ', '~');
  private static final String DIGITS = range('0', '9');
  private static final String WORD = range('a', 'z') + range('A', 'Z') + DIGITS + "_";
  private static final String SPACE = " \t";

  private final String regex;
  private int at;

  private RegexTexts(String regex) {
    this.regex = regex;
  }

  /**
   * Texts that match as a whole.
   *
   * @throws IllegalArgumentException for what there is no recipe for
   */
  static Arbitrary<String> of(String regex) {
    RegexTexts reader = new RegexTexts(regex);
    Arbitrary<String> texts = reader.choice();
    if (reader.at < regex.length()) {
      throw reader.unknown();
    }
    return texts;
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "No texts can be made for the pattern " + regex + " from its character " + (at + 1) + ".");
  }

  private boolean sees(char c) {
    return at < regex.length() && regex.charAt(at) == c;
  }

  private boolean took(char c) {
    boolean seen = sees(c);
    at += seen ? 1 : 0;
    return seen;
  }

  private char next() {
    if (at >= regex.length()) {
      throw unknown();
    }
    return regex.charAt(at++);
  }

  private Arbitrary<String> choice() {
    List<Arbitrary<String>> choices = new ArrayList<>();
    do {
      choices.add(sequence());
    } while (took('|'));
    return choices.size() == 1 ? choices.get(0) : Arbitraries.oneOf(choices);
  }

  private Arbitrary<String> sequence() {
    Arbitrary<String> all = Arbitraries.just("");
    while (at < regex.length() && !sees('|') && !sees(')')) {
      all = Combinators.combine(all, repeated(piece())).as(String::concat);
    }
    return all;
  }

  private Arbitrary<String> piece() {
    char c = next();
    return switch (c) {
      case '^', '$' -> Arbitraries.just("");
      case '.' -> one(PRINTABLE);
      case '[' -> one(characters());
      case '(' -> group();
      case '\\' -> escape();
      case '*', '+', '?', '{' -> throw unknown();
      default -> Arbitraries.just(String.valueOf(c));
    };
  }

  private Arbitrary<String> group() {
    if (took('?') && !took(':')) {
      throw unknown();
    }
    Arbitrary<String> inner = choice();
    if (!took(')')) {
      throw unknown();
    }
    return inner;
  }

  private Arbitrary<String> escape() {
    char c = next();
    return switch (c) {
      case 'd' -> one(DIGITS);
      case 'w' -> one(WORD);
      case 's' -> one(SPACE);
      case 'D', 'W', 'S' -> one(without(PRINTABLE, set(Character.toLowerCase(c))));
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw unknown();
        }
        yield Arbitraries.just(String.valueOf(c));
      }
    };
  }

  private static String set(char letter) {
    return switch (letter) {
      case 'd' -> DIGITS;
      case 'w' -> WORD;
      default -> SPACE;
    };
  }

  /** The characters of a class whose bracket is open. */
  private String characters() {
    boolean not = took('^');
    StringBuilder all = new StringBuilder();
    while (!sees(']')) {
      char c = next();
      if (c == '[' || c == '&') {
        throw unknown();
      } else if (c == '\\') {
        char escaped = next();
        boolean known = "dws".indexOf(escaped) >= 0;
        if (!known && Character.isLetterOrDigit(escaped)) {
          throw unknown();
        }
        all.append(known ? set(escaped) : String.valueOf(escaped));
      } else if (sees('-') && at + 1 < regex.length() && regex.charAt(at + 1) != ']') {
        at++;
        all.append(range(c, next()));
      } else {
        all.append(c);
      }
    }
    at++;
    return not ? without(PRINTABLE, all.toString()) : all.toString();
  }

  private Arbitrary<String> repeated(Arbitrary<String> piece) {
    int least = 1;
    int most = 1;
    if (took('*')) {
      least = 0;
      most = MOST_REPEATS;
    } else if (took('+')) {
      most = MOST_REPEATS;
    } else if (took('?')) {
      least = 0;
    } else if (took('{')) {
      least = number();
      most = least;
      if (took(',')) {
        most = sees('}') ? least + MOST_REPEATS : number();
      }
      if (!took('}')) {
        throw unknown();
      }
    }
    if (took('?') || took('+')) {
      return repeated(piece, least, most); // greedy or not, the texts are the same
    }
    return repeated(piece, least, most);
  }

  private static Arbitrary<String> repeated(Arbitrary<String> piece, int least, int most) {
    return least == 1 && most == 1
        ? piece
        : piece.list().ofMinSize(least).ofMaxSize(most).map(parts -> String.join("", parts));
  }

  private int number() {
    int from = at;
    while (at < regex.length() && Character.isDigit(regex.charAt(at))) {
      at++;
    }
    if (from == at || at - from > 6) {
      throw unknown();
    }
    return Integer.parseInt(regex.substring(from, at));
  }

  private Arbitrary<String> one(String characters) {
    if (characters.isEmpty()) {
      throw unknown();
    }
    return Arbitraries.of(characters.chars().mapToObj(c -> String.valueOf((char) c)).toList());
  }

  private static String range(char from, char to) {
    StringBuilder all = new StringBuilder();
    for (int c = from; c <= to; c++) {
      all.append((char) c);
    }
    return all.toString();
  }

  private static String without(String all, String some) {
    StringBuilder left = new StringBuilder();
    all.chars().filter(c -> some.indexOf(c) < 0).forEach(c -> left.append((char) c));
    return left.toString();
  }
}
