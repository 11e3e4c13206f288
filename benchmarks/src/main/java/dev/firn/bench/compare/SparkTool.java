package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Spark local[2] writing an Iceberg table, its schema inferred; one process for one load. */
record SparkTool(Places places) implements Tool {
  // What Spark's own launcher opens for it on JDK 17.
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");
  private static final String HEAP = "-Xmx6g";

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    Path project = places.benchmarks().resolve("spark");
    Path done = home().resolve("fetched");
    if (Files.exists(done) && !changedSince(done, project)) {
      return;
    }
    Console.say("Fetching Spark, about 350 MB, on its first use");
    Meter.run(
        List.of(
            "mvn", "-q", "-B", "-f", project.toString(), "compile", "dependency:copy-dependencies"),
        places.emptyFolder("spark-first-use"));
    Files.writeString(done, "");
  }

  private static boolean changedSince(Path file, Path folder) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try (Stream<Path> files =
        Files.find(folder, 20, (path, of) -> of.lastModifiedTime().compareTo(time) > 0)) {
      return files.findAny().isPresent();
    }
  }

  @Override
  public List<String> load(Path input, Path folder) {
    return command("load", input.toString(), folder.resolve("warehouse").toString());
  }

  /** Starts Spark with the arguments of its peer's main class. */
  List<String> command(String... arguments) {
    List<String> words = new ArrayList<>(List.of(Jvm.command(), HEAP, "-Dlog4j2.level=ERROR"));
    OPENED.forEach(name -> words.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    words.addAll(List.of("-cp", home().resolve("classes") + ":" + home().resolve("lib/*")));
    words.add("dev.firn.bench.spark.SparkPeer");
    words.addAll(List.of(arguments));
    return words;
  }

  @Override
  public Output output(Path folder) throws IOException {
    return Output.nested(folder.resolve("warehouse"));
  }

  private Path home() {
    return places.target().resolve("spark");
  }
}
