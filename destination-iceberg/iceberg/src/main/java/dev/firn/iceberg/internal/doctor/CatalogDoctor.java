package dev.firn.iceberg.internal.doctor;

import dev.firn.destination.Diagnosis;
import dev.firn.destination.Examination;
import dev.firn.error.Redactor;
import dev.firn.iceberg.CapabilityTable;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProbe;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import dev.firn.iceberg.internal.catalog.OpenCatalog;
import dev.firn.iceberg.internal.catalog.ServerAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;

/** Examines one catalog, outside in: its server, its name for us, its tables, its storage. */
public final class CatalogDoctor {
  private final CatalogConfig config;
  private final Examination examination;
  private Optional<CatalogProvider> provider = Optional.empty();

  public CatalogDoctor(CatalogConfig config, Redactor redactor) {
    this.config = config;
    this.examination = new Examination(config.name(), redactor);
  }

  /** Tries all; what went wrong is part of the answer. */
  public Diagnosis diagnose() {
    examination.step("configuration", "", this::configuration);
    if (examination.healthy()) {
      boolean one = provider.map(CatalogProvider::oneServerIsEnough).orElse(true);
      new ServerSteps(config, examination).run(servers(), one);
      provider.ifPresent(known -> known.probes(config).forEach(this::ask));
    }
    if (!examination.healthy()) {
      ScratchSteps.skipAll(examination);
      return examination.diagnosis(capabilities());
    }
    return opened();
  }

  private String configuration() {
    OpenCatalog.check(config);
    provider = OpenCatalog.providerOf(config);
    return provider
        .map(known -> known.identity(config))
        .orElseGet(() -> "class " + config.required("class"));
  }

  private List<URI> servers() {
    return provider
        .map(known -> known.servers(config))
        .orElseGet(() -> ServerAddress.all(config.value("uri").orElse("")));
  }

  private void ask(CatalogProbe probe) {
    if (probe.pointless().isPresent() && examination.healthy()) {
      examination.skip(probe.name(), probe.pointless().get());
    } else {
      examination.step(probe.name(), probe.sends(), () -> told(probe.ask()));
    }
  }

  private String told(Supplier<String> ask) {
    try {
      return ask.get();
    } catch (RuntimeException e) {
      throw CatalogFailure.opening(config, e);
    }
  }

  private Diagnosis opened() {
    // What cannot be opened is not closed either.
    OpenCatalog[] opened = new OpenCatalog[1];
    examination.step(
        ScratchSteps.LIST,
        "a request for its namespaces",
        () -> {
          opened[0] = OpenCatalog.of(config);
          return told(() -> namespaces(opened[0]));
        });
    if (opened[0] == null) {
      ScratchSteps.skipWrites(examination);
      return examination.diagnosis(capabilities());
    }
    try (OpenCatalog catalog = opened[0]) {
      Map<String, String> found = new ScratchSteps(catalog, config.name(), examination).run();
      Map<String, String> capabilities = capabilities();
      capabilities.replaceAll((name, word) -> found.getOrDefault(name, word));
      return examination.diagnosis(capabilities);
    }
  }

  private static String namespaces(OpenCatalog opened) {
    if (opened.catalog() instanceof SupportsNamespaces catalog) {
      return catalog.listNamespaces().size() + " namespaces";
    }
    return opened.catalog().listTables(Namespace.empty()).size() + " tables";
  }

  private Map<String, String> capabilities() {
    return CapabilityTable.of(
        provider.map(CatalogProvider::capabilities).orElse(CatalogCapabilities.UNKNOWN));
  }
}
