#!/usr/bin/env python3
"""Seeds the faults of mutation-check.md one by one and runs the tests that are to catch them.

Needs Python 3 and what the build needs; changes no file but those below target. A number begins with the fault of that place in the list. Ends with 1 when a fault is not caught.
"""
import glob
import os
import subprocess
import sys
import tempfile

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SOURCES = HOME + "/framework-core/src/main/java/dev/firn/"
CORE, KIT = "framework-core", "contracts/testkit"
# A console for JUnit; the libraries of the tests are those that the modules' tests run with.
CONSOLE = "org.junit.platform:junit-platform-console-standalone:1.14.1"

# What is wrong, in which file, the right text, the wrong one, and the tests that are to tell.
FAULTS = [
    ("a decimal is promoted to one of another scale", "schema/Promotion",
     "a.scale() == b.scale() && a.precision()", "a.precision()",
     CORE, "dev.firn.schema.PromotionRulesTest"),
    ("a required column that a load lacks stays required", "schema/SchemaDiff",
     "return column.asOptional();", "return column;",
     CORE, "dev.firn.schema.SchemaDiffProperties"),
    ("widening is noted, and not applied", "schema/SchemaDiff",
     "return column.withType(widen.to());", "return column;",
     KIT, "dev.firn.testkit.PromotionTest"),
    ("an excluded bound lets its own value through", "internal/normalize/ValueTest",
     "return order == 0 ? !excluded :", "return order == 0 ? true :",
     CORE, "dev.firn.internal.normalize.ValueTestTest"),
    ("as many bad rows as allowed are too many", "contract/BadRows",
     "BigDecimal.valueOf(bad).compareTo(amount) > 0", "BigDecimal.valueOf(bad).compareTo(amount) >= 0",
     CORE, "dev.firn.contract.BadRowsTest"),
    ("lengths count bytes", "internal/normalize/StoredText",
     "count += (bytes[i] & 0xc0) == 0x80 ? 0 : 1;", "count++;",
     CORE, "dev.firn.internal.normalize.ValueTestTest"),
    ("a longer max-length breaks", "contract/ContractDiff",
     "return now.length() < old.length();", "return now.length() > old.length();",
     CORE, "dev.firn.contract.ContractDiffTest"),
    ("null is a value of a required column", "internal/yaml/JsonSchemaReader",
     "boolean required = wanted.required().isPresent() && !column.nullable();",
     "boolean required = wanted.required().isPresent();",
     CORE, "dev.firn.contract.ContractFileTest"),
    ("rows of a split that is read again count twice", "internal/normalize/ContractCheck",
     "    rows = 0;\n", "",
     KIT, "dev.firn.testkit.ValidatorCasesTest"),
    ("the offset of a time is added", "internal/normalize/IsoTime",
     "ofDay - offset *", "ofDay + offset *",
     CORE, "dev.firn.internal.normalize.IsoTimeTest"),
    ("a rejected record leaves what it taught", "internal/normalize/RecordState",
     "changed[changes].restore(before[at], before[at + 1], before[at + 2] != 0);", "",
     KIT, "dev.firn.testkit.ReadingProperties"),
    ("trailing underscores vanish", "internal/normalize/SnakeCase",
     'return words + "x".repeat(plain.length() - end);', "return words;",
     CORE, "dev.firn.internal.normalize.NamesTest"),
    ("the place in a list is no part of a row's hash", "internal/normalize/RowHash",
     "return mix(place * PRIME + list) + index;", "return mix(place * PRIME + list);",
     CORE, "dev.firn.internal.normalize.RowHashTest"),
    ("digits before the point are forgotten when a decimal widens", "internal/normalize/Widening",
     "Math.max(decimal.precision(), (digits >>> 16) + decimal.scale())", "decimal.precision()",
     KIT, "dev.firn.testkit.PromotionTest"),
    ("a rule goes by the word of its column", "contract/SchemaContract",
     "return column.terms(rule).onViolation().orElseGet(() -> onViolation(column));",
     "return onViolation(column);",
     KIT, "dev.firn.testkit.RuleTermsCasesTest"),
    ("the bound of one rule counts rows that break any of its column", "internal/run/ContractOutcome",
     'tally.broken().getOrDefault(name + " " + rule.text(), 0L)', "tally.badRowsOf(name)",
     KIT, "dev.firn.testkit.RuleTermsCasesTest"),
    ("sets that are not loaded repeat values of those that are", "internal/normalize/RepeatedValues",
     "    gone.addAll(sets);\n", "",
     KIT, "dev.firn.testkit.CheckCasesTest"),
]


def class_path(folder):
    """What the tests of both modules run with, as Maven tells it, and a console that starts them."""
    maven("-Dquick", "test-compile", "dependency:build-classpath", "-pl", KIT, "-am",
          "-Dmdep.outputFile=target/test-class-path", "-Dmdep.includeScope=test")
    maven("dependency:copy", "-N", "-Dartifact=" + CONSOLE, "-DoutputDirectory=" + folder)
    paths = []
    for module in (CORE, KIT):
        target = HOME + "/" + module + "/target/"
        paths += [target + "classes", target + "test-classes"]
        with open(target + "test-class-path") as told:
            paths += told.read().strip().split(":")
    return ":".join(list(dict.fromkeys(paths)) + glob.glob(folder + "/junit-platform-console-standalone-*.jar"))


def maven(*words):
    subprocess.run(("mvn", "-q", "-B") + words, cwd=HOME, check=True, stdout=subprocess.DEVNULL)


def caught(path, file, right, wrong, module, test):
    """Whether the test fails with the fault and passes without it."""
    text = open(SOURCES + file + ".java").read()
    if text.count(right) != 1:
        sys.exit(file + " holds '" + right + "' " + str(text.count(right)) + " times: correct the list.")
    with tempfile.TemporaryDirectory() as folder:
        broken = folder + "/" + os.path.basename(file) + ".java"
        with open(broken, "w") as into:
            into.write(text.replace(right, wrong))
        subprocess.run(["javac", "-proc:none", "-nowarn", "-d", folder + "/out", "-cp", path, broken],
                       check=True, stderr=subprocess.DEVNULL)
        return run(folder + "/out:" + path, module, test) != 0


def run(path, module, test):
    """The exit code of a test class."""
    with tempfile.TemporaryDirectory() as folder:
        return console(path, module, test, folder)


def console(path, module, test, folder):
    command = ["java", "-XX:TieredStopAtLevel=1", "--add-opens=java.base/java.nio=ALL-UNNAMED",
               "-Darrow.enable_unsafe_memory_access=true", "-cp", path,
               "org.junit.platform.console.ConsoleLauncher", "execute", "--select-class", test,
               "--details=none", "--disable-banner", "--config=jqwik.database=" + folder + "/jqwik"]
    return subprocess.run(command, cwd=HOME + "/" + module, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode


def main():
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(check(class_path(folder)))


def check(path):
    faults = FAULTS[int(sys.argv[1]) - 1:] if len(sys.argv) > 1 else FAULTS
    tests = sorted({(module, test) for (_, _, _, _, module, test) in faults})
    for module, test in tests:
        if run(path, module, test) != 0:
            sys.exit(test + " does not pass without a fault.")
    missed = 0
    for name, file, right, wrong, module, test in faults:
        found = caught(path, file, right, wrong, module, test)
        missed += not found
        print(("caught  " if found else "MISSED  ") + name + " (" + test.rsplit(".", 1)[1] + ")", flush=True)
    print(str(len(faults) - missed) + " of " + str(len(faults)) + " faults are caught.")
    return 1 if missed else 0


if __name__ == "__main__":
    main()
