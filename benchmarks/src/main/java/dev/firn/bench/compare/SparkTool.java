package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final String ANSWER = "answer: ";
  private static final String MERGED = "merged in seconds: ";

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
  public String version() throws IOException {
    return places.jars("spark/lib", "spark-sql_")
        + " with "
        + places.jars("spark/lib", "iceberg-spark-runtime");
  }

  @Override
  public List<String> load(Path input, Path folder) {
    return command("load", input.toString(), folder.resolve("warehouse").toString());
  }

  /** Answers of Spark, which reads a project's tables through Iceberg as anybody would. */
  Map<String, String> ask(FirnTool firn, Path project, String table, List<Fact> facts)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(tables("ask", firn, project, table));
    facts.forEach(fact -> arguments.add(fact.flat()));
    return answers(run(arguments), facts);
  }

  /** Copies the customers of a project's table into one of Spark's own. */
  void copy(FirnTool firn, Path project, String table, Path warehouse, String mode)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(tables("copy", firn, project, table));
    arguments.addAll(List.of(warehouse.toString(), mode));
    run(arguments);
  }

  /** Merges changes into the copy. */
  Merge merge(Path warehouse, Path changes, List<Fact> facts)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("merge", warehouse.toString(), changes.toString()));
    facts.forEach(fact -> arguments.add(fact.flat()));
    List<String> said = run(arguments);
    String seconds = said.stream().filter(line -> line.startsWith(MERGED)).findAny().orElseThrow();
    return new Merge(Double.parseDouble(seconds.substring(MERGED.length())), answers(said, facts));
  }

  /**
   * A merge.
   *
   * @param seconds of the statement alone
   */
  record Merge(double seconds, Map<String, String> answers) {}

  private static List<String> tables(String verb, FirnTool firn, Path project, String table) {
    return List.of(
        verb, firn.catalog(project).toString(), firn.warehouse(project).toString(), table);
  }

  private List<String> run(List<String> arguments) throws IOException, InterruptedException {
    Path folder = places.emptyFolder("spark-asked");
    Meter.run(command(arguments.toArray(String[]::new)), folder);
    return Files.readAllLines(folder.resolve(Meter.LOG));
  }

  private static Map<String, String> answers(List<String> said, List<Fact> facts) {
    List<String> answers = said.stream().filter(line -> line.startsWith(ANSWER)).toList();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < facts.size(); i++) {
      values.put(facts.get(i).name(), answers.get(i).substring(ANSWER.length()));
    }
    return values;
  }

  private List<String> command(String... arguments) {
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
