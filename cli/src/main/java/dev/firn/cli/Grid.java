package dev.firn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of words in aligned columns. */
final class Grid {
  private static final int WIDEST = 60;

  private Grid() {}

  static String of(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), Math.min(WIDEST, row.get(i).length())));
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String word = row.get(i).replace("\n", "\\n");
      line.append(word);
      if (i < row.size() - 1) {
        line.append(" ".repeat(Math.max(0, widths.get(i) - word.length()) + 2));
      }
    }
    return line.toString().stripTrailing();
  }
}
