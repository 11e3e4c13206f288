package dev.firn.internal.yaml;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by its name whether a key or variable holds a secret. */
final class SecretNames {
  private static final Pattern SECRET =
      Pattern.compile(
          "password|passwd|passphrase|secret|token|credential"
              + "|(api|access|private|account|shared)[-_.]?key|(^|[-_.])pat($|[-_.])");
  private static final Pattern ABOUT_A_SECRET =
      Pattern.compile(".*[-_.](endpoint|type|url|uri|server|file|refresh-enabled)");

  private SecretNames() {}

  static boolean matches(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return SECRET.matcher(plain).find() && !ABOUT_A_SECRET.matcher(plain).matches();
  }
}
