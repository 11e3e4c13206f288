package dev.firn.iceberg.internal.rest;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.UpdateRequirement.AssertCurrentSchemaID;
import org.apache.iceberg.UpdateRequirement.AssertDefaultSpecID;
import org.apache.iceberg.rest.requests.UpdateTableRequest;

/**
 * What the commit that a thread is sending was built on. It is kept by thread because between the
 * operations of a table, which know it, and the client, which sends the request, is Iceberg's code.
 */
final class CommitBase {
  private static final ThreadLocal<TableMetadata> SENDING = new ThreadLocal<>();

  private CommitBase() {}

  /** Sends a commit that was built on this metadata. */
  static void during(TableMetadata base, Runnable commit) {
    SENDING.set(base);
    try {
      commit.run();
    } finally {
      SENDING.remove();
    }
  }

  /** The request of that commit; it also requires the schema and the spec of what is replaced. */
  static UpdateTableRequest checked(UpdateTableRequest request) {
    TableMetadata base = SENDING.get();
    if (base == null) {
      return request;
    }
    List<UpdateRequirement> all = new ArrayList<>(request.requirements());
    if (all.stream().noneMatch(AssertCurrentSchemaID.class::isInstance)) {
      all.add(new AssertCurrentSchemaID(base.currentSchemaId()));
    }
    if (all.stream().noneMatch(AssertDefaultSpecID.class::isInstance)) {
      all.add(new AssertDefaultSpecID(base.defaultSpecId()));
    }
    return request.identifier() == null
        ? new UpdateTableRequest(all, request.updates())
        : UpdateTableRequest.create(request.identifier(), all, request.updates());
  }
}
