package dev.firn.load;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Enums as words of YAML: {@code DELETE_INSERT} is {@code delete-insert}. */
final class Words {
  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(Class<E> type, String what, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    for (E each : type.getEnumConstants()) {
      if (of(each).equals(wanted)) {
        return each;
      }
    }
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    int last = words.size() - 1;
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "'%s' is no %s.".formatted(text, what),
        "Use %s or %s.".formatted(String.join(", ", words.subList(0, last)), words.get(last)));
  }
}
