package dev.firn.iceberg.testkit;

import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.message.DeflateEncoder;
import org.glassfish.jersey.message.GZipEncoder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.filter.EncodingFilter;
import org.projectnessie.services.authz.AbstractBatchAccessChecker;
import org.projectnessie.services.authz.AccessContext;
import org.projectnessie.services.authz.Authorizer;
import org.projectnessie.services.config.ExceptionConfig;
import org.projectnessie.services.config.ServerConfig;
import org.projectnessie.services.rest.RestV2ConfigResource;
import org.projectnessie.services.rest.RestV2TreeResource;
import org.projectnessie.services.rest.converters.ContentKeyParamConverterProvider;
import org.projectnessie.services.rest.converters.NamespaceParamConverterProvider;
import org.projectnessie.services.rest.converters.ReferenceTypeParamConverterProvider;
import org.projectnessie.services.rest.exceptions.ConstraintViolationExceptionMapper;
import org.projectnessie.services.rest.exceptions.NessieExceptionMapper;
import org.projectnessie.services.rest.exceptions.NessieJaxRsJsonMappingExceptionMapper;
import org.projectnessie.services.rest.exceptions.NessieJaxRsJsonParseExceptionMapper;
import org.projectnessie.services.rest.exceptions.NotSupportedExceptionMapper;
import org.projectnessie.services.rest.exceptions.ValidationExceptionMapper;
import org.projectnessie.versioned.VersionStore;
import org.projectnessie.versioned.storage.common.config.StoreConfig;
import org.projectnessie.versioned.storage.common.logic.Logics;
import org.projectnessie.versioned.storage.common.persist.Persist;
import org.projectnessie.versioned.storage.inmemory.InmemoryBackend;
import org.projectnessie.versioned.storage.versionstore.VersionStoreImpl;

/** Nessie's own REST resources over its store in memory, served by the JDK's HTTP server. */
final class NessieServer implements AutoCloseable {
  static {
    // Read when the first server is made; see RestServer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;

  private NessieServer(HttpServer http) {
    this.http = http;
  }

  /** Starts a server with an empty branch {@code main}; a token is asked for when there is one. */
  static NessieServer start(Optional<String> token) {
    Persist store =
        new InmemoryBackend().createFactory().newPersist(StoreConfig.Adjustable.empty());
    Logics.repositoryLogic(store).initialize("main");
    URI anyPort = URI.create("http://127.0.0.1:0/");
    HttpServer http =
        JdkHttpServerFactory.createHttpServer(anyPort, resources(store, token), false);
    http.setExecutor(
        Executors.newFixedThreadPool(
            4,
            work -> {
              Thread thread = new Thread(work, "nessie");
              thread.setDaemon(true);
              return thread;
            }));
    http.start();
    return new NessieServer(http);
  }

  private static ResourceConfig resources(Persist store, Optional<String> token) {
    ResourceConfig resources =
        new ResourceConfig(
            RestV2ConfigResource.class,
            RestV2TreeResource.class,
            ContentKeyParamConverterProvider.class,
            NamespaceParamConverterProvider.class,
            ReferenceTypeParamConverterProvider.class,
            NessieExceptionMapper.class,
            ValidationExceptionMapper.class,
            ConstraintViolationExceptionMapper.class,
            NotSupportedExceptionMapper.class,
            NessieJaxRsJsonParseExceptionMapper.class,
            NessieJaxRsJsonMappingExceptionMapper.class,
            EncodingFilter.class,
            GZipEncoder.class,
            DeflateEncoder.class);
    resources.property("jersey.config.server.wadl.disableWadl", true);
    resources.property("jersey.config.beanValidation.disable.server", true);
    token.ifPresent(each -> resources.register(new OnlyWith(each)));
    return resources.register(new Services(store));
  }

  String uri() {
    return "http://"
        + InetAddress.getLoopbackAddress().getHostAddress()
        + ":"
        + http.getAddress().getPort()
        + "/api/v2";
  }

  @Override
  public void close() {
    http.stop(0);
  }

  /** Answers 401 to a request without the token. */
  private record OnlyWith(String token) implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (!("Bearer " + token).equals(request.getHeaderString("Authorization"))) {
        request.abortWith(Response.status(Response.Status.UNAUTHORIZED).build());
      }
    }
  }

  /** What the resources are made with: the store, and nobody who is kept from anything. */
  private static final class Services extends AbstractBinder {
    private final Persist store;

    Services(Persist store) {
      this.store = store;
    }

    @Override
    protected void configure() {
      ServerConfig config =
          new ServerConfig() {
            @Override
            public String getDefaultBranch() {
              return "main";
            }

            @Override
            public boolean sendStacktraceToClient() {
              return false;
            }
          };
      AccessContext anonymous = () -> null;
      Authorizer open = (context, api) -> AbstractBatchAccessChecker.NOOP_ACCESS_CHECKER;
      bind(config).to(ServerConfig.class).to(ExceptionConfig.class);
      bind(new VersionStoreImpl(store)).to(VersionStore.class);
      bind(open).to(Authorizer.class);
      bind(anonymous).to(AccessContext.class);
    }
  }
}
