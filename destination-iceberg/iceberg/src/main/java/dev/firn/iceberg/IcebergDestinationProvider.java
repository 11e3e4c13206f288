package dev.firn.iceberg;

import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.destination.DestinationProvider;
import dev.firn.destination.Diagnosis;
import dev.firn.error.Redactor;
import dev.firn.iceberg.internal.IcebergDestination;
import dev.firn.iceberg.internal.catalog.OpenCatalog;
import dev.firn.iceberg.internal.doctor.CatalogDoctor;
import java.util.function.IntConsumer;
import org.apache.iceberg.catalog.Catalog;

/** Destinations of type {@code iceberg}: tables of any Iceberg catalog. */
public final class IcebergDestinationProvider implements DestinationProvider {
  @Override
  public String type() {
    return "iceberg";
  }

  /**
   * A destination on a catalog that is open already; closing the one closes the other.
   *
   * @param identity which catalog and warehouse it is, without secrets: packages record it
   */
  public static Destination of(Catalog catalog, String identity) {
    return new IcebergDestination(new OpenCatalog(catalog, identity));
  }

  /**
   * As the shorter one, with its own way to wait after a conflict.
   *
   * @param pause called with the number of the next round of a commit, from 1; returns when it may
   *     begin
   */
  public static Destination of(Catalog catalog, String identity, IntConsumer pause) {
    return new IcebergDestination(new OpenCatalog(catalog, identity), pause::accept);
  }

  /**
   * A destination on a catalog that a provider has opened, with what is known of its kind.
   *
   * @param catalog what the provider opened, or something around it
   * @param pause as above
   */
  public static Destination of(
      Catalog catalog, CatalogProvider provider, CatalogConfig config, IntConsumer pause) {
    return new IcebergDestination(OpenCatalog.of(catalog, provider, config), pause::accept);
  }

  @Override
  public void check(DestinationConfig config) {
    OpenCatalog.check(catalog(config));
  }

  @Override
  public Destination open(DestinationConfig config) {
    return new IcebergDestination(OpenCatalog.of(catalog(config)));
  }

  @Override
  public Diagnosis diagnose(DestinationConfig config, Redactor redactor) {
    return new CatalogDoctor(catalog(config), redactor).diagnose();
  }

  private static CatalogConfig catalog(DestinationConfig config) {
    return new CatalogConfig(config.name(), config.settings(), config.projectFolder());
  }
}
