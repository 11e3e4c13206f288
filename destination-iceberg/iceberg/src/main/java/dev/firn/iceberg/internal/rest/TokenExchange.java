package dev.firn.iceberg.internal.rest;

import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.rest.ErrorHandlers;
import org.apache.iceberg.rest.HTTPHeaders;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.ImmutableHTTPRequest;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.auth.AuthManager;
import org.apache.iceberg.rest.auth.AuthSession;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a long-lived token of any type, such as a personal access token, for short-lived bearer
 * tokens (RFC 8693). Iceberg's own manager knows a fixed list of token types and uses a token as a
 * bearer before it exchanges it; here the long-lived one goes to the token endpoint and nowhere
 * else, and only once if that endpoint renews bearers.
 */
public final class TokenExchange implements AuthManager {
  private @Nullable Bearers own;

  /** Called by Iceberg, by name. */
  public TokenExchange(String catalogName) {
    Objects.requireNonNull(catalogName);
  }

  // The first of a catalog; its client is closed when the configuration has been read.
  @Override
  public AuthSession initSession(RESTClient client, Map<String, String> properties) {
    TokenForms forms = TokenForms.of(properties);
    Bearers first = Bearers.anew(forms);
    own = first;
    return new Session(client, forms, first);
  }

  @Override
  public AuthSession catalogSession(RESTClient client, Map<String, String> properties) {
    TokenForms forms = TokenForms.of(properties);
    Bearers opened = own;
    return new Session(client, forms, opened == null ? Bearers.of(forms) : opened);
  }

  @Override
  public void close() {
    // A bearer ends by itself.
  }

  private static final class Session implements AuthSession {
    private final RESTClient client;
    private final TokenForms forms;
    private final Bearers bearers;

    // Asked as itself, the client would want a bearer for the request for one.
    Session(RESTClient client, TokenForms forms, Bearers bearers) {
      this.client = client.withAuthSession(AuthSession.EMPTY);
      this.forms = forms;
      this.bearers = bearers;
    }

    @Override
    public HTTPRequest authenticate(HTTPRequest request) {
      HTTPHeaders authorization =
          HTTPHeaders.of(
              HTTPHeaders.HTTPHeader.of("Authorization", "Bearer " + bearers.token(this::ask)));
      return ImmutableHTTPRequest.builder()
          .from(request)
          .headers(request.headers().putIfAbsent(authorization))
          .build();
    }

    private TokenAnswer ask(Map<String, String> form) {
      return client.postForm(
          forms.endpoint(), form, TokenAnswer.class, Map.of(), ErrorHandlers.oauthErrorHandler());
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
