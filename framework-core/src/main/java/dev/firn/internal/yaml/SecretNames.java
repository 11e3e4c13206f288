package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.Redactor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by its name whether a key or variable holds a secret. */
public final class SecretNames {
  private static final Pattern SECRET =
      Pattern.compile(
          "password|passwd|passphrase|secret|token|credential|authorization|cookie"
              + "|(api|access|private|account|shared)[-_.]?key|(^|[-_.])pat($|[-_.])");
  private static final Pattern ABOUT_A_SECRET =
      Pattern.compile(".*[-_.](endpoint|type|url|uri|server|file|refresh-enabled)");

  private SecretNames() {}

  static boolean matches(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return SECRET.matcher(plain).find() && !ABOUT_A_SECRET.matcher(plain).matches();
  }

  /** Knows the secrets among settings, at any depth, and those behind an id and a colon. */
  public static Redactor redactor(JsonNode settings) {
    Redactor redactor = new Redactor();
    addSecrets(settings, redactor);
    return redactor;
  }

  private static void addSecrets(JsonNode settings, Redactor redactor) {
    settings
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isTextual() && matches(field.getKey())) {
                redactor.add(value.asText());
                redactor.add(value.asText().substring(value.asText().indexOf(':') + 1));
              }
              addSecrets(value, redactor);
            });
  }
}
