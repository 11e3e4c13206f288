package dev.firn.iceberg.internal.rest;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.rest.ErrorHandlers;
import org.apache.iceberg.rest.HTTPHeaders;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.ImmutableHTTPRequest;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.auth.AuthManager;
import org.apache.iceberg.rest.auth.AuthSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs requests with the bearers of a catalog. Iceberg's own manager exchanges a token that was to
 * be used as it is, gives up when an endpoint does not exchange bearers or fails for a while, and
 * lets a server's settings say where secrets are sent. Here they go to the configured endpoint and
 * nowhere else, for as long as the catalog is open.
 */
public final class BearerAuth implements AuthManager {
  private static final Logger log = LoggerFactory.getLogger(BearerAuth.class);

  private @Nullable Bearers own;

  /** Called by Iceberg, by name. */
  public BearerAuth(String catalogName) {
    Objects.requireNonNull(catalogName);
  }

  // The first of a catalog, with its own settings; its client is closed when the server's have been
  // read.
  @Override
  public AuthSession initSession(RESTClient client, Map<String, String> properties) {
    Bearers opened = Bearers.of(properties);
    own = opened;
    return new Session(client, opened);
  }

  // Whatever the server's settings say: the catalog's bearers. A client that asks for new storage
  // keys has a manager of its own, and finds them by the handle.
  @Override
  public AuthSession catalogSession(RESTClient client, Map<String, String> properties) {
    Bearers opened = own;
    return new Session(client, opened == null ? Bearers.of(properties) : opened);
  }

  @Override
  public void close() {
    // A bearer ends by itself.
  }

  /** Signs with the bearer of the moment. */
  static final class Session implements AuthSession {
    private final RESTClient client;
    private final Bearers bearers;

    // Asked as itself, the client would want a bearer for the request for one.
    Session(RESTClient client, Bearers bearers) {
      this.client = client.withAuthSession(AuthSession.EMPTY);
      this.bearers = bearers;
    }

    @Override
    public HTTPRequest authenticate(HTTPRequest request) {
      HTTPHeaders authorization =
          HTTPHeaders.of(
              HTTPHeaders.HTTPHeader.of("Authorization", "Bearer " + bearers.token(this::post)));
      return ImmutableHTTPRequest.builder()
          .from(request)
          .headers(request.headers().putIfAbsent(authorization))
          .build();
    }

    /** The bearer that requests are signed with now; nothing before the first. */
    Optional<String> bearer() {
      return bearers.known();
    }

    /** Gets another bearer than this one, which was not accepted; whether there is one. */
    boolean replaces(String refused) {
      try {
        return bearers.replaces(refused, this::post);
      } catch (BadRequestException | NotAuthorizedException e) {
        log.debug("There is no bearer instead of the one that was not accepted", e);
        return false;
      }
    }

    private TokenAnswer post(String endpoint, Map<String, String> form) {
      return client.postForm(
          endpoint, form, TokenAnswer.class, Map.of(), ErrorHandlers.oauthErrorHandler());
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
