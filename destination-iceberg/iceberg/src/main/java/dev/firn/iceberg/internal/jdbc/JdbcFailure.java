package dev.firn.iceberg.internal.jdbc;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.CatalogConfig;
import java.sql.SQLException;

/** What the failures of a database server mean for users. */
final class JdbcFailure {
  // Classes and codes of SQLSTATE: ISO 9075, and PostgreSQL's appendix "Error Codes".
  private static final String CONNECTION = "08";
  private static final String AUTHORIZATION = "28";
  private static final String NO_SUCH_DATABASE = "3D";
  private static final String NO_PERMISSION = "42501";

  // SQLite's result codes (sqlite.org/rescode.html).
  private static final int SQLITE_NOTADB = 26;

  private JdbcFailure() {}

  /** The failure to open a catalog; what is not known stays as it is. */
  static RuntimeException opening(CatalogConfig config, JdbcUri uri, RuntimeException cause) {
    String state = state(cause);
    String what = "Cannot open catalog '" + config.name() + "'";
    String section = "catalogs." + config.name();
    if (state.startsWith(AUTHORIZATION)) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": the database does not accept the credentials (" + told(cause) + ").",
          "Correct user and password of " + section + ".",
          cause);
    } else if (state.startsWith(NO_SUCH_DATABASE) || state.equals(NO_PERMISSION)) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": " + told(cause) + ".",
          "Check uri and user of "
              + section
              + "; Firn makes the tables of a catalog, not its database.",
          cause);
    } else if (state.startsWith(CONNECTION)) {
      return new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          what + ": nothing answers at " + new Redactor().redact(uri.url()) + ".",
          "Check " + section + ".uri, and that the server runs.",
          cause);
    }
    if (isNoDatabase(cause)) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": its file is no SQLite database.",
          "Correct " + section + ".uri, or move the file away.",
          cause);
    }
    return cause;
  }

  private static boolean isNoDatabase(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql
          && sql.getClass().getName().startsWith("org.sqlite.")
          && (sql.getErrorCode() & 0xff) == SQLITE_NOTADB) {
        return true;
      }
    }
    return false;
  }

  private static String state(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }

  private static String told(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new Redactor().redact(String.valueOf(root.getMessage()).lines().findFirst().orElse(""));
  }
}
