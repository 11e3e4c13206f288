package dev.firn.kill;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts Java programs of this class path as processes. They begin fast once one has been
 * rehearsed: the classes that it has loaded are parsed and verified beforehand (class-data
 * sharing).
 */
final class CommandProcesses {
  private final String classPath;
  private final Path archive;
  private final Path temporary;

  /**
   * @param folder an empty one
   */
  CommandProcesses(Path folder) throws IOException {
    this.classPath = jars(folder);
    this.archive = folder.resolve("classes.jsa");
    this.temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  /** Starts a program whose classes are those that later ones find ready. */
  Process rehearse(Path folder, Path output, String... program) throws IOException {
    return start("-XX:ArchiveClassesAtExit=" + archive, folder, output, program);
  }

  /** Starts a program in a folder; what it prints goes into a file. */
  Process start(Path folder, Path output, String... program) throws IOException {
    String shared = Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-Xshare:auto";
    return start(shared, folder, output, program);
  }

  private Process start(String sharing, Path folder, Path output, String... program)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx256m"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Djava.io.tmpdir=" + temporary); // who is killed leaves unpacked libraries
    command.addAll(List.of("-Xlog:disable", sharing, "-cp", classPath));
    command.addAll(Arrays.asList(program));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  // Classes in folders cannot be shared.
  private static String jars(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      jars.add(Files.isDirectory(path) ? jar(path, folder, jars.size()).toString() : entry);
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path jar(Path classes, Path folder, int number) throws IOException {
    Path jar = folder.resolve(number + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.setLevel(0);
      for (Path file : files(classes)) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).collect(Collectors.toList());
    }
  }
}
