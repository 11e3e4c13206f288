package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractFile;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelineFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Makes a pipeline in this folder that runs at once.")
final class InitCommand implements Action {
  private static final String IGNORED = ".gitignore";
  private static final String SCHEMA = ".firn/pipeline.schema.json";
  private static final String CONTRACT_SCHEMA = ".firn/contract.schema.json";
  private static final String JAVA = "java";
  private static final String BUILD =
      "  javac -cp \"$(firn class-path)\" -d build src/*.java && mkdir -p plugins"
          + " && jar --create --file plugins/readings.jar -C build .";
  private static final Map<String, List<String>> TEMPLATES =
      new TreeMap<>(
          Map.of(
              "files", List.of("pipeline.yaml", "data/readings.jsonl"),
              "java", List.of("pipeline.yaml", "src/ReadingsSource.java"),
              "merge", List.of("pipeline.yaml", "contracts/orders.yaml", "data/orders.csv")));

  @Parameters(
      paramLabel = "TEMPLATE",
      arity = "0..1",
      defaultValue = "files",
      description =
          "files: JSON lines appended to a table; merge: a CSV merged by its key, under a contract;"
              + " java: a source in Java.")
  String template = "files";

  @Override
  public Outcome run(Session session) {
    List<String> names = TEMPLATES.get(template);
    if (names == null) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "There is no template '" + template + "'.",
          "Templates: " + String.join(", ", TEMPLATES.keySet()) + ".");
    }
    Path folder = session.console().folder().toAbsolutePath();
    refuseToOverwrite(names, folder);
    StringJoiner text = new StringJoiner("\n");
    ObjectNode document = Session.document().put("template", template);
    ArrayNode files = document.putArray("files");
    for (String name : names) {
      write(folder.resolve(name), content(name));
      text.add("wrote " + name);
      files.add(name);
    }
    ignoreWorkFolder(folder);
    write(folder.resolve(SCHEMA), text(PipelineFile.schema(folder)));
    write(folder.resolve(CONTRACT_SCHEMA), text(ContractFile.schema()));
    if (template.equals(JAVA)) {
      text.add("Next, so that plugins/ has the class:").add(BUILD);
    }
    text.add("Next: firn run. Catalog and tables will be in .firn/, beside pipeline.yaml.");
    return Outcome.of(text.toString(), document);
  }

  private static byte[] text(ObjectNode schema) {
    return schema.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }

  private static void refuseToOverwrite(List<String> names, Path folder) {
    List<String> there = names.stream().filter(name -> Files.exists(folder.resolve(name))).toList();
    if (!there.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "There already is " + String.join(" and ", there) + " in this folder.",
          "Choose an empty folder; init overwrites nothing.");
    }
  }

  private byte[] content(String name) {
    String path = "init/" + template + "/" + name;
    try (InputStream in = InitCommand.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void ignoreWorkFolder(Path folder) {
    Path file = folder.resolve(IGNORED);
    if (!Files.exists(file)) {
      write(file, ".firn/\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException refused) {
      throw new FirnException(
          ErrorCode.UNREADABLE_PATH,
          "The file " + file + " cannot be written.",
          "Choose a folder that this user may write to.",
          refused);
    }
  }
}
