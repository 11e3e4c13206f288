package dev.firn.iceberg.internal.jdbc;

import dev.firn.iceberg.CatalogConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a database, apart from who asks: drivers repeat addresses in their messages.
 *
 * @param url as drivers read it, without user and password
 */
record JdbcUri(String url, Optional<String> user, Optional<String> password) {
  private static final String SQLITE = "jdbc:sqlite:";

  // A password that is not encoded may hold any sign: the last @ ends it.
  private static final Pattern NAMED_USER =
      Pattern.compile("((?:jdbc:)?[a-z0-9:]+://)([^/?@:]*)(?::([^?]*))?@([^@?]*(?:\\?.*)?)");

  /**
   * Reads {@code uri}, {@code user} and {@code password}. An SQLite file's relative path starts at
   * the project's folder; {@code postgresql://user:password@host/database} is understood too.
   */
  static JdbcUri of(CatalogConfig config) {
    String uri = config.value("uri").orElse(SQLITE + ".firn/catalog.db");
    JdbcUri read = uri.startsWith(SQLITE) ? file(uri, config) : server(uri);
    return new JdbcUri(
        read.url, config.value("user").or(read::user), config.value("password").or(read::password));
  }

  private static JdbcUri file(String uri, CatalogConfig config) {
    String path = uri.substring(SQLITE.length());
    boolean named = path.startsWith(":") || path.startsWith("file:");
    String url =
        named ? uri : SQLITE + config.projectFolder().toAbsolutePath().resolve(path).normalize();
    return new JdbcUri(url, Optional.empty(), Optional.empty());
  }

  private static JdbcUri server(String uri) {
    Matcher named = NAMED_USER.matcher(uri);
    if (named.matches()) {
      JdbcUri bare = withoutParameters(named.group(1) + named.group(4));
      return new JdbcUri(
          bare.url,
          Optional.of(decoded(named.group(2))),
          Optional.ofNullable(named.group(3)).map(JdbcUri::decoded));
    }
    return withoutParameters(uri);
  }

  private static JdbcUri withoutParameters(String uri) {
    String[] parts = uri.split("\\?", 2);
    String url = parts[0].replaceFirst("^postgres(ql)?://", "jdbc:postgresql://");
    List<String> others = new ArrayList<>();
    Optional<String> user = Optional.empty();
    Optional<String> password = Optional.empty();
    for (String parameter : parts.length < 2 ? new String[0] : parts[1].split("&")) {
      if (parameter.startsWith("user=")) {
        user = Optional.of(decoded(parameter.substring("user=".length())));
      } else if (parameter.startsWith("password=")) {
        password = Optional.of(decoded(parameter.substring("password=".length())));
      } else {
        others.add(parameter);
      }
    }
    return new JdbcUri(
        others.isEmpty() ? url : url + "?" + String.join("&", others), user, password);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether it is an SQLite file. */
  boolean isSqlite() {
    return url.startsWith(SQLITE);
  }

  /** The file of an SQLite catalog; empty when it is in memory or names its file as a URI. */
  Optional<String> sqliteFile() {
    String file = url.substring(SQLITE.length()).split("\\?", 2)[0];
    return file.startsWith(":") || file.startsWith("file:") ? Optional.empty() : Optional.of(file);
  }

  /** The beginning of the address that names the kind of database, as {@code jdbc:sqlite:}. */
  String scheme() {
    String[] parts = url.split(":", 3);
    return parts.length < 3 ? url : parts[0] + ":" + parts[1] + ":";
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return url;
  }
}
