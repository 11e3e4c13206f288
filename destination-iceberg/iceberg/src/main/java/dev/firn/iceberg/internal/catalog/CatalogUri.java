package dev.firn.iceberg.internal.catalog;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.net.URI;
import java.net.URISyntaxException;

/** The {@code uri} of a catalog that is a server. */
public final class CatalogUri {
  private CatalogUri() {}

  /**
   * An {@code http} or {@code https} address.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is missing or none
   */
  public static String http(CatalogConfig config) {
    String uri = config.required("uri");
    try {
      URI parsed = new URI(uri);
      String scheme = String.valueOf(parsed.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && parsed.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // told below like any other that is none
    }
    // Containers are often named so.
    boolean underscore = uri.matches("https?://[^/]*_.*");
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Catalog '%s': uri '%s' is no http address%s."
            .formatted(config.name(), uri, underscore ? ": no host's name has a '_'" : ""),
        "Set catalogs.%s.uri to an address such as https://host/path.".formatted(config.name()));
  }
}
