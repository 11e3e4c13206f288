package dev.firn.iceberg.internal.rest;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.rest.ParserContext;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.auth.AuthSession;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ErrorResponse;

/** A client that adds to each commit the requirements of what it was built on. */
final class CheckedClient implements RESTClient {
  private final RESTClient inner;

  CheckedClient(RESTClient inner) {
    this.inner = inner;
  }

  private static RESTRequest checked(RESTRequest body) {
    return body instanceof UpdateTableRequest update ? CommitBase.checked(update) : body;
  }

  @Override
  public RESTClient withAuthSession(AuthSession session) {
    return new CheckedClient(inner.withAuthSession(session));
  }

  @Override
  public void head(String path, Map<String, String> headers, Consumer<ErrorResponse> errors) {
    inner.head(path, headers, errors);
  }

  @Override
  public <T extends RESTResponse> T delete(
      String path, Class<T> answer, Map<String, String> headers, Consumer<ErrorResponse> errors) {
    return inner.delete(path, answer, headers, errors);
  }

  @Override
  public <T extends RESTResponse> T delete(
      String path,
      Map<String, String> query,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors) {
    return inner.delete(path, query, answer, headers, errors);
  }

  @Override
  public <T extends RESTResponse> T get(
      String path,
      Map<String, String> query,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors) {
    return inner.get(path, query, answer, headers, errors);
  }

  @Override
  public <T extends RESTResponse> T get(
      String path,
      Map<String, String> query,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors,
      ParserContext context) {
    return inner.get(path, query, answer, headers, errors, context);
  }

  @Override
  public <T extends RESTResponse> T get(
      String path,
      Map<String, String> query,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors,
      Consumer<Map<String, String>> answered) {
    return inner.get(path, query, answer, headers, errors, answered);
  }

  @Override
  public <T extends RESTResponse> T post(
      String path,
      RESTRequest body,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors) {
    return inner.post(path, checked(body), answer, headers, errors);
  }

  @Override
  public <T extends RESTResponse> T post(
      String path,
      RESTRequest body,
      Class<T> answer,
      Map<String, String> headers,
      Consumer<ErrorResponse> errors,
      Consumer<Map<String, String>> answered) {
    return inner.post(path, checked(body), answer, headers, errors, answered);
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
    return inner.post(path, checked(body), answer, headers, errors, answered, context);
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
