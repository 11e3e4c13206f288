package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.error.Spelling;
import dev.firn.internal.plugin.Providers;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.pipeline.ConfigValue;
import dev.firn.pipeline.LoadedPipeline;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Settings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a pipeline's file and lays the other layers over it. */
public final class PipelineReader {
  private static final String PROFILE_VARIABLE = "FIRN_PROFILE";

  private final Path file;
  private final Path folder;
  private final Settings settings;
  private final Problems problems = new Problems();
  private final Layers layers = new Layers(problems);
  private final Redactor redactor = new Redactor();
  private Map<List<String>, Map<String, ConfigNode.Scalar>> written = Map.of();

  private PipelineReader(Path file, Settings settings) {
    this.file = file;
    this.settings = settings;
    Path absolute = file.toAbsolutePath().normalize();
    this.folder = absolute.getParent() == null ? absolute : absolute.getParent();
  }

  /** What {@link dev.firn.pipeline.PipelineFile#read} says. */
  public static LoadedPipeline read(Path file, Settings settings) {
    return new PipelineReader(file, settings).read();
  }

  /** What {@link dev.firn.pipeline.PipelineFile#compile} says. */
  public static String compile(Path file, Settings settings) {
    PipelineReader reader = new PipelineReader(file, settings);
    ObjectNode document = SpecWriter.toJson(reader.read().spec());
    return YamlWriter.write(new AsWritten(reader.written, reader.redactor).in(document));
  }

  /** What {@link dev.firn.pipeline.PipelineFile#implied} says. */
  public static LoadedPipeline implied(Path folder, Settings settings) {
    return new PipelineReader(folder.resolve(PipelineFile.NAME), settings).implied();
  }

  private LoadedPipeline read() {
    layBelow(SpecKeys.defaults());
    layUsersOwn();
    Section own = YamlText.read(file.toString(), text(file), problems);
    layers.lay(own.without(SpecKeys.PROFILES));
    return layAbove(own, SpecReader::read);
  }

  private LoadedPipeline implied() {
    layBelow(SpecKeys.defaults());
    layBelow(SpecKeys.impliedProject());
    layUsersOwn();
    return layAbove(Section.empty(Origin.DEFAULT), SpecReader::readWithoutSources);
  }

  private void layBelow(String defaults) {
    layers.lay(YamlText.read(Origin.DEFAULT.where(), defaults, problems));
  }

  private void layUsersOwn() {
    settings.userHome().ifPresent(home -> layIfPresent(home.resolve(".firn/config.yaml")));
  }

  private LoadedPipeline layAbove(Section own, Function<SpecReader, PipelineSpec> read) {
    Optional<String> profile = layProfile(own);
    Map<String, String> environment = layEnvironment();
    settings.overrides().forEach(layers::layAssignment);
    problems.throwIfAny();

    Templates templates = new Templates(folder, environment, redactor, problems);
    Section filled = ImpliedMerge.in(templates.fill(withEmbeddedCatalog(layers.settings())));
    written = templates.written();
    layers.undeclared().judge(filled, templates.usedVars(), problems);
    Providers providers = Providers.in(folder);
    PipelineSpec spec = read.apply(new SpecReader(folder, filled, providers, problems));
    problems.throwIfAny();
    List<ConfigValue> values = new ArrayList<>();
    collect("", filled, values);
    return new LoadedPipeline(spec, values, redactor, profile);
  }

  private void layIfPresent(Path other) {
    if (Files.exists(other)) {
      layers.lay(YamlText.read(other.toString(), text(other), problems));
    }
  }

  private Optional<String> layProfile(Section own) {
    Path shared = sibling("profiles.yaml");
    Section file =
        Files.exists(shared)
            ? YamlText.read(shared.toString(), text(shared), problems)
            : Section.empty(Origin.of(shared.toString()));
    Fields profiles = new Fields(shared.getFileName().toString(), file, problems);
    profiles.onlyKeys(List.of(SpecKeys.DEFAULT_PROFILE, SpecKeys.PROFILES));
    Optional<String> name =
        settings
            .profile()
            .or(() -> Optional.ofNullable(settings.environment().get(PROFILE_VARIABLE)))
            .or(() -> profiles.text(SpecKeys.DEFAULT_PROFILE));
    name.ifPresent(chosen -> layProfile(chosen, List.of(own, file)));
    return name;
  }

  private void layProfile(String name, List<Section> files) {
    List<String> known = new ArrayList<>();
    boolean found = false;
    for (Section each : files) {
      Optional<Section> block = each.section(SpecKeys.PROFILES);
      Optional<ConfigNode> profile = block.flatMap(profiles -> profiles.value(name));
      profile.ifPresent(node -> layIfSection(name, node));
      block.ifPresent(profiles -> known.addAll(profiles.entries().keySet()));
      found |= profile.isPresent();
    }
    Path alone = sibling("profiles").resolve(name + ".yaml");
    layIfPresent(alone);
    if (!found && !Files.exists(alone)) {
      problems.add(
          Origin.of("profile " + name),
          "There is no profile '" + name + "'.",
          known.isEmpty()
              ? "Write it below 'profiles' or in " + alone + "."
              : Spelling.hint(name, known));
    }
  }

  private void layIfSection(String name, ConfigNode node) {
    if (node instanceof Section section) {
      layers.lay(section);
    } else {
      problems.add(node.origin(), "Expected keys with values in profile '" + name + "'.", "");
    }
  }

  /** The path beside the pipeline's file, spelt as the file's own was. */
  private Path sibling(String name) {
    return file.resolveSibling(name);
  }

  private Map<String, String> layEnvironment() {
    Map<String, String> all = new TreeMap<>();
    settings
        .envFile()
        .ifPresent(
            path -> {
              Map<String, String> variables =
                  EnvFile.read(path, text(path, "Correct --env-file."), problems);
              layers.layEnvironment(variables, path.toString());
              all.putAll(variables);
            });
    layers.layEnvironment(settings.environment(), "environment");
    all.putAll(settings.environment());
    return all;
  }

  /** Lays the embedded catalog below what was written about it, unless that names a type. */
  private Section withEmbeddedCatalog(Section written) {
    Layers below = new Layers(problems);
    boolean typed =
        written
            .section(SpecKeys.CATALOGS)
            .flatMap(catalogs -> catalogs.section(SpecKeys.LOCAL_CATALOG))
            .flatMap(local -> local.value(SpecKeys.TYPE))
            .isPresent();
    if (!typed) {
      below.lay(YamlText.read(Origin.DEFAULT.where(), SpecKeys.embeddedCatalog(), problems));
    }
    below.lay(written);
    return below.settings();
  }

  private static void collect(String path, Section section, List<ConfigValue> values) {
    section
        .entries()
        .forEach(
            (key, entry) -> {
              String name = path.isEmpty() ? key : path + "." + key;
              if (entry.value() instanceof Section inner && !inner.entries().isEmpty()) {
                collect(name, inner, values);
              } else {
                boolean secret = SecretNames.matches(key);
                String text = secret ? Redactor.MASK : shown(entry.value());
                values.add(new ConfigValue(name, text, entry.value().origin().toString()));
              }
            });
  }

  private static String shown(ConfigNode node) {
    return node instanceof ConfigNode.Scalar scalar
        ? scalar.text()
        : Scalars.toJson(node).toString();
  }

  private static String text(Path file) {
    return text(file, "Name the pipeline's file with --file, or make one with 'firn init'.");
  }

  private static String text(Path file, String hintIfMissing) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw unreadable("There is no file " + file + ".", hintIfMissing, missing);
    } catch (CharacterCodingException broken) {
      throw unreadable("The file " + file + " is not UTF-8.", "Save it as UTF-8.", broken);
    } catch (IOException refused) {
      String why = Files.isDirectory(file) ? "is a directory." : "cannot be read.";
      throw unreadable("The file " + file + " " + why, "Name a file that you may read.", refused);
    }
  }

  private static FirnException unreadable(String message, String hint, Exception cause) {
    return new FirnException(ErrorCode.UNREADABLE_PATH, message, hint, cause);
  }
}
