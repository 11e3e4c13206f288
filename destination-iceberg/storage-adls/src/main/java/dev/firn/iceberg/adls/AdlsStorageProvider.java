package dev.firn.iceberg.adls;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.StorageConfig;
import dev.firn.iceberg.StorageProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Storage of type {@code adls}: Azure's Data Lake Storage. Without a key or token the client finds
 * its own credentials, as all of Azure's do: environment, workload, machine, command line.
 */
public final class AdlsStorageProvider implements StorageProvider {
  private static final Set<String> KEYS =
      Set.of("account", "account-key", "sas-token", "token", "endpoint");
  private static final String SUFFIX = ".dfs.core.windows.net";

  @Override
  public String type() {
    return "adls";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("abfs", "abfss", "wasb", "wasbs");
  }

  @Override
  public Map<String, String> properties(StorageConfig config) {
    config.requireKnownKeys(KEYS);
    requireOneIdentity(config);
    Map<String, String> properties = new TreeMap<>();
    config.value("token").ifPresent(token -> properties.put("adls.token", token));
    Optional<String> key = config.value("account-key");
    Optional<String> sas = config.value("sas-token");
    Optional<String> endpoint = config.value("endpoint");
    if (key.isPresent()) {
      properties.put("adls.auth.shared-key.account.name", host(config).split("\\.", 2)[0]);
      properties.put("adls.auth.shared-key.account.key", key.get());
    }
    sas.ifPresent(token -> properties.put("adls.sas-token." + host(config), unquestioned(token)));
    endpoint.ifPresent(
        // Iceberg's name for it; it is used as an address
        address -> properties.put("adls.connection-string." + host(config), http(address, config)));
    return properties;
  }

  // As the location of a table names it: container@host.
  private static String host(StorageConfig config) {
    String account = config.required("account");
    return account.contains(".") ? account : account + SUFFIX;
  }

  // Azure's console shows it as the end of an address.
  private static String unquestioned(String token) {
    return token.startsWith("?") ? token.substring(1) : token;
  }

  private static void requireOneIdentity(StorageConfig config) {
    long ways =
        Stream.of("account-key", "sas-token", "token")
            .filter(key -> config.value(key).isPresent())
            .count();
    if (ways > 1) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': storage has more than one of account-key, sas-token and token."
              .formatted(config.catalog()),
          "Keep one of them in catalogs.%s.storage.".formatted(config.catalog()));
    }
  }

  private static String http(String text, StorageConfig config) {
    try {
      URI address = new URI(text);
      if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return text;
      }
    } catch (URISyntaxException e) {
      // told below like any other that is none
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Catalog '%s': storage.endpoint '%s' is no http address.".formatted(config.catalog(), text),
        "Set catalogs.%s.storage.endpoint to an address such as http://host:10000/account, or leave it out."
            .formatted(config.catalog()));
  }

  @Override
  public Optional<FirnException> failure(String what, Throwable cause) {
    return AdlsFailure.of(what, cause);
  }
}
