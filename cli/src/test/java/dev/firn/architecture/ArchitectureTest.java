package dev.firn.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Holds the arrows of {@code docs/ARCHITECTURE.md}. It lives with the command line because that is
 * the one module whose tests see all others.
 */
@AnalyzeClasses(packages = "dev.firn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] CORE_PUBLIC = {
    "dev.firn.source..",
    "dev.firn.pipeline..",
    "dev.firn.schema..",
    "dev.firn.contract..",
    "dev.firn.batch..",
    "dev.firn.load..",
    "dev.firn.destination..",
    "dev.firn.state..",
    "dev.firn.engine..",
    "dev.firn.error..",
  };
  private static final String CORE_INTERNAL = "dev.firn.internal..";

  private static final DescribedPredicate<JavaClass> CORE =
      resideInAnyPackage(CORE_PUBLIC)
          .or(resideInAPackage(CORE_INTERNAL))
          .as("framework-core, in the packages the architecture names");
  private static final DescribedPredicate<JavaClass> ICEBERG_TESTKIT =
      resideInAPackage("dev.firn.iceberg.testkit..");
  private static final DescribedPredicate<JavaClass> ICEBERG =
      resideInAPackage("dev.firn.iceberg..").and(not(ICEBERG_TESTKIT));
  private static final DescribedPredicate<JavaClass> FILES = resideInAPackage("dev.firn.files..");

  @ArchTest
  static final ArchRule modulesDependAsDrawn =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("framework-core")
          .definedBy(CORE)
          .layer("contracts/json-schema")
          .definedBy("dev.firn.jsonschema..")
          .layer("contracts/testkit")
          .definedBy("dev.firn.testkit..")
          .layer("destination-iceberg/iceberg")
          .definedBy(ICEBERG)
          .layer("destination-iceberg/testkit")
          .definedBy(ICEBERG_TESTKIT)
          .layer("sources/files")
          .definedBy(FILES)
          .layer("cli")
          .definedBy("dev.firn.cli..")
          .whereLayer("framework-core")
          .mayNotAccessAnyLayer()
          .whereLayer("contracts/json-schema")
          .mayOnlyAccessLayers("framework-core")
          .whereLayer("contracts/testkit")
          .mayOnlyAccessLayers("framework-core")
          .whereLayer("destination-iceberg/iceberg")
          .mayOnlyAccessLayers("framework-core")
          .whereLayer("destination-iceberg/testkit")
          .mayOnlyAccessLayers("framework-core", "contracts/testkit", "destination-iceberg/iceberg")
          .whereLayer("sources/files")
          .mayOnlyAccessLayers("framework-core")
          .whereLayer("cli")
          .mayOnlyAccessLayers("framework-core", "destination-iceberg/iceberg", "sources/files")
          .ensureAllClassesAreContainedInArchitecture()
          .because("a class outside these layers, or an arrow between them, is a decision");

  @ArchTest
  static final ArchRule coreNamesNoLakeAndNoTestEngine =
      noClasses()
          .that(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.iceberg..",
              "org.apache.parquet..",
              "org.apache.hadoop..",
              "org.apache.spark..",
              "org.junit..",
              "net.jqwik..")
          .because("another destination, engine or test tool must not change the core");

  @ArchTest
  static final ArchRule sourcesNameNoDestination =
      noClasses()
          .that(FILES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.firn.destination..",
              "org.apache.iceberg..",
              "org.apache.parquet..",
              "org.apache.hadoop..")
          .because("any source lands in any destination");

  // Public and internal packages are judged apart: a public door calls the internals that it hides,
  // and they speak its types.
  @ArchTest
  static final ArchRule corePackagesHaveNoCycles =
      slices()
          .matching("dev.firn.(*)..")
          .that(
              DescribedPredicate.describe(
                  "are public packages of the core",
                  slice -> slice.stream().allMatch(resideInAnyPackage(CORE_PUBLIC))))
          .should()
          .beFreeOfCycles()
          .because("they are read in one order: error, schema, state, load, ... pipeline");

  @ArchTest
  static final ArchRule coreInternalsHaveNoCycles =
      slices()
          .matching("dev.firn.internal.(*)..")
          .should()
          .beFreeOfCycles()
          .because("each step of the flow is understood without the next");

  @ArchTest
  static final ArchRule coreInternalsStayInside =
      staysInside(resideInAPackage(CORE_INTERNAL), CORE, "framework-core");

  @ArchTest
  static final ArchRule icebergInternalsStayInside =
      staysInside(
          resideInAPackage("dev.firn.iceberg.internal.."), ICEBERG, "destination-iceberg/iceberg");

  @ArchTest
  static final ArchRule filesInternalsStayInside =
      staysInside(resideInAPackage("dev.firn.files.internal.."), FILES, "sources/files");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl")
          .because("a type says what it is");

  private static ArchRule staysInside(
      DescribedPredicate<JavaClass> internal, DescribedPredicate<JavaClass> module, String name) {
    return noClasses()
        .that(not(module))
        .should()
        .dependOnClassesThat(internal)
        .because("sister modules use the public packages of " + name + " only");
  }
}
