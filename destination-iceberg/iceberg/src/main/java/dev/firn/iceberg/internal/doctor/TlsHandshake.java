package dev.firn.iceberg.internal.doctor;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A handshake as any client on this machine makes it, which says what it did not like. */
final class TlsHandshake {
  private final CatalogConfig config;
  private final String host;
  private final int port;
  private Optional<X509Certificate> shown = Optional.empty();

  TlsHandshake(CatalogConfig config, String host, int port) {
    this.config = config;
    this.host = host;
    this.port = port;
  }

  /**
   * Shakes hands.
   *
   * @return protocol and certificate
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} telling the certificate and why it is not
   *     trusted
   */
  String run() {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), ServerSteps.TIMEOUT_MILLIS);
      plain.setSoTimeout(ServerSteps.TIMEOUT_MILLIS);
      try (SSLSocket socket =
          (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket.getSession().getProtocol() + ", certificate of " + subject();
      }
    } catch (SSLException | SocketTimeoutException e) {
      throw refused(e);
    } catch (IOException | GeneralSecurityException e) {
      throw failure("no TLS connection: " + e.getMessage(), "Look at the server.", e);
    }
  }

  private FirnException refused(IOException e) {
    String why = String.valueOf(e.getMessage());
    if (shown.isEmpty()) {
      String hint = "Write http:// in catalogs.%s if the server speaks no TLS.";
      return failure("no TLS: " + why, hint.formatted(config.name()), e);
    } else if (below(e, CertificateExpiredException.class)) {
      return failure("its certificate has expired: " + issued(), "Renew it on the server.", e);
    } else if (below(e, CertPathValidatorException.class) || why.contains("PKIX")) {
      return failure(
          "its certificate is not trusted here: " + issued(),
          "Import its issuer into a trust store (keytool -importcert) and name that with"
              + " FIRN_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE.",
          e);
    }
    return failure(
        "its certificate is not for this name: %s (%s)".formatted(issued(), why),
        "Use a host that the certificate names in catalogs.%s.".formatted(config.name()),
        e);
  }

  private FirnException failure(String what, String hint, Exception cause) {
    return new FirnException(
        ErrorCode.DESTINATION_UNAVAILABLE,
        "Server %s:%d: %s.".formatted(host, port, what),
        hint,
        cause);
  }

  private String subject() {
    return shown.map(each -> each.getSubjectX500Principal().getName()).orElse("nobody");
  }

  private String issued() {
    return shown
        .map(
            each ->
                "%s, issued by %s, valid until %s"
                    .formatted(
                        subject(),
                        each.getIssuerX500Principal().equals(each.getSubjectX500Principal())
                            ? "itself"
                            : each.getIssuerX500Principal().getName(),
                        each.getNotAfter().toInstant()))
        .orElse("none");
  }

  private static boolean below(Throwable failure, Class<?> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  private SSLContext context() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    @Nullable KeyStore standard = null;
    factory.init(standard);
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] watching = {
      new Watching((X509ExtendedTrustManager) factory.getTrustManagers()[0])
    };
    context.init(null, watching, null);
    return context;
  }

  /** Judges as the standard one does, and keeps what was shown. */
  private final class Watching extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager standard;

    Watching(X509ExtendedTrustManager standard) {
      this.standard = standard;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      shown = Optional.of(chain[0]);
      standard.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine)
        throws CertificateException {
      standard.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      standard.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      standard.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine)
        throws CertificateException {
      standard.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      standard.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return standard.getAcceptedIssuers();
    }
  }
}
