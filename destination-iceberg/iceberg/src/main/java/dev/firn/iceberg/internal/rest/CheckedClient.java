package dev.firn.iceberg.internal.rest;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.rest.ParserContext;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.auth.AuthSession;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;

/**
 * A client that adds to each commit the requirements of what it was built on, asks for tables that
 * it knows whether they have changed, and repeats a request once whose bearer is not accepted any
 * more, with a new one.
 */
final class CheckedClient implements RESTClient {
  private final RESTClient inner;
  private final AuthSession session;
  private final Optional<KnownTables> known;

  /**
   * @param known answers to keep; empty: none are
   */
  CheckedClient(RESTClient inner, Optional<KnownTables> known) {
    this(inner, AuthSession.EMPTY, known);
  }

  private CheckedClient(RESTClient inner, AuthSession session, Optional<KnownTables> known) {
    this.inner = inner;
    this.session = session;
    this.known = known;
  }

  private static RESTRequest checked(RESTRequest body) {
    return body instanceof UpdateTableRequest update ? CommitBase.checked(update) : body;
  }

  // What was not authorized was not done.
  private <T> T signed(Supplier<T> request) {
    if (!(session instanceof BearerAuth.Session own)) {
      return request.get();
    }
    Optional<String> bearer = own.bearer();
    try {
      return request.get();
    } catch (NotAuthorizedException refused) {
      if (bearer.isPresent() && own.replaces(bearer.get())) {
        return request.get();
      }
      throw refused;
    }
  }

  @Override
  public RESTClient withAuthSession(AuthSession other) {
    return new CheckedClient(inner.withAuthSession(other), other, known);
  }

  @Override
  public void head(String path, Map<String, String> headers, Consumer<ErrorResponse> errors) {
    signed(
        () -> {
          inner.head(path, headers, errors);
          return true;
        });
  }

  @Override
  public <T extends RESTResponse> T delete(
      String path, Class<T> answer, Map<String, String> headers, Consumer<ErrorResponse> errors) {
    return signed(() -> inner.delete(path, answer, headers, errors));
  }

  @Override
  public <T extends RESTResponse> T delete(
      String path,
      Map<String, String> query,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors) {
    return signed(() -> inner.delete(path, query, answer, headers, errors));
  }

  @Override
  public <T extends RESTResponse> T get(
      String path,
      Map<String, String> query,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors) {
    if (answer != LoadTableResponse.class || known.isEmpty()) {
      return signed(() -> inner.get(path, query, answer, headers, errors));
    }
    return answer.cast(
        known
            .get()
            .current(
                path + new TreeMap<>(query),
                headers,
                (asking, answered) ->
                    signed(
                        () ->
                            inner.get(
                                path, query, LoadTableResponse.class, asking, errors, answered))));
  }

  @Override
  public <T extends RESTResponse> T get(
      String path,
      Map<String, String> query,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors,
      ParserContext context) {
    return signed(() -> inner.get(path, query, answer, headers, errors, context));
  }

  @Override
  public <T extends RESTResponse> T get(
      String path,
      Map<String, String> query,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors,
      Consumer<Map<String, String>> answered) {
    return signed(() -> inner.get(path, query, answer, headers, errors, answered));
  }

  @Override
  public <T extends RESTResponse> T post(
      String path,
      RESTRequest body,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors) {
    return signed(() -> inner.post(path, checked(body), answer, headers, errors));
  }

  @Override
  public <T extends RESTResponse> T post(
      String path,
      RESTRequest body,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors,
      Consumer<Map<String, String>> answered) {
    return signed(() -> inner.post(path, checked(body), answer, headers, errors, answered));
  }

  @Override
  public <T extends RESTResponse> T post(
      String path,
      RESTRequest body,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors,
      Consumer<Map<String, String>> answered,
      ParserContext context) {
    return signed(
        () -> inner.post(path, checked(body), answer, headers, errors, answered, context));
  }

  @Override
  public <T extends RESTResponse> T postForm(
      String path,
      Map<String, String> form,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors) {
    return inner.postForm(path, form, answer, headers, errors);
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
