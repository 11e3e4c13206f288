package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.pipeline.ConfigValue;
import dev.firn.pipeline.LoadedPipeline;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "show-config",
    mixinStandardHelpOptions = true,
    description = "Prints every setting as it holds after all layers, defaults included.")
final class ShowConfigCommand implements Action {
  @Option(names = "--origin", description = "Shows where each value comes from.")
  boolean origin;

  @Override
  public Outcome run(Session session) {
    LoadedPipeline pipeline = session.pipeline();
    List<List<String>> rows = new ArrayList<>();
    ObjectNode document = Session.document();
    ArrayNode values = document.putArray("values");
    for (ConfigValue value : pipeline.values()) {
      String text = pipeline.redactor().redact(value.value());
      rows.add(origin ? List.of(value.path(), text, value.origin()) : List.of(value.path(), text));
      values.addObject().put("path", value.path()).put("value", text).put("origin", value.origin());
    }
    pipeline.profile().ifPresent(name -> document.put("profile", name));
    return Outcome.of(Grid.of(rows), document);
  }
}
