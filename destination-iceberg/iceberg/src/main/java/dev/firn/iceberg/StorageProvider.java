package dev.firn.iceberg;

import dev.firn.error.FirnException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Storages of one kind, for tables of any catalog; found by {@link java.util.ServiceLoader}. The
 * files themselves are read and written by Iceberg's client for the scheme.
 */
public interface StorageProvider {
  /** The value of {@code storage.type} in {@code catalogs}. */
  String type();

  /** The schemes of its locations, such as {@code s3}. */
  Set<String> schemes();

  /**
   * The properties for Iceberg's client.
   *
   * @throws FirnException {@code INVALID_CONFIG} when a setting is missing or wrong
   */
  Map<String, String> properties(StorageConfig config);

  /**
   * What a failure of its client means for users, or nothing when it is none of its client.
   *
   * @param what what could not be done, a sentence without its full stop
   * @param cause the failure, or what it is the cause of
   */
  Optional<FirnException> failure(String what, Throwable cause);
}
