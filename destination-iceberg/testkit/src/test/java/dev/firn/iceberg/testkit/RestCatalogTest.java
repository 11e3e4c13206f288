package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.rest.RestServer;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All suites over HTTP, against Iceberg's reference server. */
class RestCatalogTest extends CatalogSuite {
  private @Nullable RestServer server;

  @Override
  protected CatalogProvider provider() {
    return Providers.of("rest");
  }

  @Override
  protected JsonNode settings() {
    RestServer started = server;
    if (started == null) {
      CatalogConfig behind =
          new CatalogConfig("behind", JsonNodeFactory.instance.objectNode(), project);
      started = RestServer.start(Providers.of("jdbc").open(behind), Optional.empty());
      server = started;
    }
    return JsonNodeFactory.instance.objectNode().put("uri", started.uri());
  }

  @Test
  void commitNamesTheSchemaTheSpecAndTheTableThatItWasBuiltOn() {
    load(append().rows(order(1, "ada")));
    table(ORDERS).updateSchema().addColumn("note", Types.StringType.get()).commit();
    table(ORDERS).updateSpec().addField("name").commit();
    Table seen = table(ORDERS);

    load(append().rows(order(2, "bob")));

    List<UpdateTableRequest> commits = Objects.requireNonNull(server).commits();
    List<UpdateRequirement> required = commits.get(commits.size() - 1).requirements();
    assertThat(required)
        .satisfiesOnlyOnce(each -> assertThat(schemaId(each)).hasValue(seen.schema().schemaId()))
        .satisfiesOnlyOnce(each -> assertThat(specId(each)).hasValue(seen.spec().specId()))
        .hasAtLeastOneElementOfType(UpdateRequirement.AssertTableUUID.class)
        .hasAtLeastOneElementOfType(UpdateRequirement.AssertRefSnapshotID.class);
  }

  private static OptionalInt schemaId(UpdateRequirement each) {
    return each instanceof UpdateRequirement.AssertCurrentSchemaID it
        ? OptionalInt.of(it.schemaId())
        : OptionalInt.empty();
  }

  private static OptionalInt specId(UpdateRequirement each) {
    return each instanceof UpdateRequirement.AssertDefaultSpecID it
        ? OptionalInt.of(it.specId())
        : OptionalInt.empty();
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }
}
