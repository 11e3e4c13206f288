package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Counts the tests that a catalog has passed, by suite, and writes them as a Markdown table of one
 * row to {@code target/catalog-suite/}, by the name of the test class.
 */
final class SuiteCounts implements TestWatcher, AfterAllCallback {
  private static final ExtensionContext.Namespace PLACE =
      ExtensionContext.Namespace.create(SuiteCounts.class);

  /** Passed tests by the class that declares them, and the others. */
  private static final class Counts {
    private final Map<Class<?>, Integer> passed = new HashMap<>();
    private int failed;
    private int skipped;

    int passed(Class<?> suite) {
      return passed.getOrDefault(suite, 0);
    }
  }

  private static Counts counts(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(PLACE)
        .getOrComputeIfAbsent(
            context.getRequiredTestClass(), testClass -> new Counts(), Counts.class);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    counts(context)
        .passed
        .merge(context.getRequiredTestMethod().getDeclaringClass(), 1, Integer::sum);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    counts(context).failed++;
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    counts(context).skipped++;
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    counts(context).skipped++;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Counts counts = counts(context);
    List<String> head = new ArrayList<>(List.of("test"));
    List<String> row = new ArrayList<>(List.of(context.getRequiredTestClass().getSimpleName()));
    for (Class<?> suite : suites(context.getRequiredTestClass())) {
      head.add(suite.getSimpleName().replace("Suite", ""));
      row.add(Integer.toString(counts.passed(suite)));
    }
    head.addAll(List.of("its own", "passed", "failed", "skipped"));
    row.add(Integer.toString(counts.passed(context.getRequiredTestClass())));
    row.add(Integer.toString(counts.passed.values().stream().mapToInt(each -> each).sum()));
    row.add(Integer.toString(counts.failed));
    row.add(Integer.toString(counts.skipped));
    List<String> line = Collections.nCopies(head.size(), "---");
    Path file = Path.of("target", "catalog-suite", row.get(0) + ".md");
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(cells(head), cells(line), cells(row)));
  }

  // From the one that all extend down to the test's own parent.
  private static List<Class<?>> suites(Class<?> testClass) {
    List<Class<?>> suites = new ArrayList<>();
    for (Class<?> each = testClass.getSuperclass();
        each != null && each != DestinationFixture.class;
        each = each.getSuperclass()) {
      suites.add(0, each);
    }
    return suites;
  }

  private static String cells(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
