package dev.firn.iceberg.s3;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.net.URI;
import java.net.URISyntaxException;

/** The address of a server that speaks S3's protocol. */
final class Endpoint {
  private Endpoint() {}

  /**
   * Checks an address.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is none
   */
  static String of(String text, String catalog) {
    try {
      URI parsed = new URI(text);
      String scheme = String.valueOf(parsed.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && parsed.getHost() != null) {
        return text;
      }
    } catch (URISyntaxException e) {
      // told below like any other that is none
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Catalog '%s': storage.endpoint '%s' is no http address.".formatted(catalog, text),
        "Set catalogs.%s.storage.endpoint to an address such as https://host:9000."
            .formatted(catalog));
  }
}
