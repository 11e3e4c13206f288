package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Contract;
import dev.firn.contract.ContractFile;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Declared;
import dev.firn.contract.Format;
import dev.firn.contract.Matches;
import dev.firn.contract.Max;
import dev.firn.contract.MaxLength;
import dev.firn.contract.Min;
import dev.firn.contract.MinLength;
import dev.firn.contract.OnViolation;
import dev.firn.contract.OneOf;
import dev.firn.contract.Required;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Unique;
import dev.firn.contract.Validator;
import dev.firn.contract.Violation;
import dev.firn.jsonschema.JsonSchemaProvider;
import dev.firn.load.WriteDisposition;
import dev.firn.testkit.contract.BreaksContract;
import dev.firn.testkit.contract.ContractKit;
import dev.firn.testkit.contract.FromContract;
import dev.firn.testkit.contract.ListMutant;
import dev.firn.testkit.contract.Mutant;
import dev.firn.testkit.contract.PipelineKit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Rows made from a contract keep it, and those made to break it break one rule: so say the columns
 * of a load and JSON Schema alike.
 */
class ContractGeneratorProperties {
  private static final ContractKit KIT = ContractKit.of(Reading.class);
  private static final Validator NETWORKNT = wholeSchema(KIT.contract());

  enum Kind {
    ROOF,
    CELLAR
  }

  record Place(@Required @MinLength(1) @MaxLength(20) String name, @Min(-90) @Max(90) Double lat) {}

  @Contract(columns = ContractMode.FREEZE, onViolation = OnViolation.WARN)
  record Reading(
      @Required @Matches("^[a-f0-9]{8}$") String id,
      @Min(20) @Max(600) Integer sgv,
      @Declared("int32") @Min(value = 0, exclusive = true) Integer count,
      @Min(-0.5) @Max(value = 0.5, exclusive = true) Double slope,
      @Declared("float") @Min(0.25) Float gain,
      @Declared("decimal(10,2)") @Max(99.95) BigDecimal price,
      @OneOf({"-1", "0", "1"}) Long sign,
      @MinLength(2) @MaxLength(4) @Matches("^\\w+|-$") String code,
      @OneOf({"Flat", "NOT COMPUTABLE"}) @MinLength(1) String trend,
      Kind kind,
      Boolean valid,
      Instant at,
      LocalDate day,
      UUID device,
      @Format(Rule.Format.Kind.EMAIL) String mail,
      @Format(Rule.Format.Kind.URI) String link,
      @Format(Rule.Format.Kind.HOSTNAME) String host,
      @Format(Rule.Format.Kind.IPV4) String ipv4,
      @Format(Rule.Format.Kind.IPV6) String ipv6,
      @Unique @OneOf({"1", "2", "3", "4"}) Long channel,
      Place place) {}

  @Contract(
      onViolation = OnViolation.FAIL,
      checks = {"low <= high", "share * 2 <= 1 or kind = 'ROOF'"})
  record Span(
      @Required @Min(0) @Max(9) Integer low,
      @Required @Min(0) @Max(9) Integer high,
      @Unique @Min(0) @Max(1) Double share,
      Kind kind) {}

  private static Validator wholeSchema(SchemaContract contract) {
    return new JsonSchemaProvider()
        .open(
            JsonNodeFactory.instance.objectNode().set("schema", ContractFile.jsonSchema(contract)));
  }

  @Property(tries = 150)
  void everyGeneratedRowPasses(@ForAll @FromContract(Reading.class) JsonNode row) {
    assertThat(KIT.validate(row)).isEmpty();
    assertThat(NETWORKNT.validate(row)).isEmpty();
  }

  @Property(tries = 150)
  void everyMutantBreaksItsRuleAndNoOther(@ForAll @BreaksContract(Reading.class) Mutant mutant) {
    assertThat(KIT.validate(mutant.row()))
        .extracting(Violation::column, Violation::rule)
        .containsExactly(tuple(mutant.column().replace(".", "__"), mutant.rule()));
    if (mutant.rule().startsWith("format")) {
      return; // JSON Schema takes other URIs and addresses, by grammars of its own
    }
    assertThat(NETWORKNT.validate(mutant.row()))
        .extracting(Validator.Finding::path)
        .contains(mutant.column());
  }

  @Property(tries = 50)
  void loadingIsIdempotent(@ForAll @FromContract(Reading.class) List<JsonNode> rows) {
    PipelineKit.inMemory()
        .key("id")
        .contract(Reading.class)
        .load("t", rows, WriteDisposition.MERGE)
        .load("t", rows, WriteDisposition.MERGE)
        .assertSameAsOnce();
  }

  @Property(tries = 100)
  void conditionsAreKept(@ForAll @FromContract(Span.class) JsonNode row) {
    assertThat(ContractKit.of(Span.class).validate(row)).isEmpty();
  }

  @Property(tries = 100)
  void conditionsAreBrokenLikeRules(@ForAll @BreaksContract(Span.class) Mutant mutant) {
    assertThat(ContractKit.of(Span.class).validate(mutant.row()))
        .extracting(Violation::column, Violation::rule)
        .containsExactly(tuple(mutant.column(), mutant.rule()));
  }

  @Property(tries = 1)
  void everyConditionIsBrokenBySomeMutant() {
    assertThat(ContractKit.of(Span.class).mutants().sampleStream().limit(300).map(Mutant::rule))
        .contains("low <= high", "share * 2 <= 1 or kind = 'ROOF'");
  }

  @Property(tries = 50)
  void listsRepeatNothingThatIsUnique(@ForAll @FromContract(Span.class) List<JsonNode> rows) {
    PipelineKit kit = PipelineKit.inMemory().contract(Span.class);

    kit.load("t", rows, WriteDisposition.APPEND);

    assertThat(kit.rows("t")).hasSameSizeAs(rows);
  }

  @Contract(
      onViolation = OnViolation.FAIL,
      checks = {"low <= high"})
  record Channel(
      @Required @Unique @Min(0) @Max(9) Integer low,
      @Required @Min(0) @Max(9) Integer high,
      @Unique @MaxLength(3) String name,
      Place place) {}

  @Property(tries = 100)
  void whatComesTwiceBreaksItsRuleAndNoOther(
      @ForAll @BreaksContract(Channel.class) ListMutant mutant) {
    ContractKit kit = ContractKit.of(Channel.class);
    List<JsonNode> before = mutant.rows().subList(0, mutant.rows().size() - 1);

    assertThat(kit.validate(before)).isEmpty();
    assertThat(kit.validate(mutant.rows()))
        .extracting(Violation::column, Violation::rule, Violation::place)
        .containsExactly(tuple(mutant.column(), mutant.rule(), "row " + mutant.rows().size()));
  }

  @Property(tries = 1)
  void everyUniqueColumnIsRepeatedBySomeMutant() {
    assertThat(
            ContractKit.of(Channel.class)
                .listMutants()
                .sampleStream()
                .limit(50)
                .map(ListMutant::column))
        .contains("low", "name");
  }

  @Property(tries = 1)
  void everyRuleIsBrokenBySomeMutant() {
    TreeSet<String> broken = new TreeSet<>();
    KIT.mutants()
        .sampleStream()
        .limit(600)
        .forEach(mutant -> broken.add(mutant.column() + " " + mutant.rule()));

    assertThat(broken)
        .containsExactlyInAnyOrder(
            "id required",
            "id pattern ^[a-f0-9]{8}$",
            "sgv min 20",
            "sgv max 600",
            "count exclusive-min 0",
            "slope min -0.5",
            "slope exclusive-max 0.5",
            "gain min 0.25",
            "price max 99.95",
            "sign enum [-1, 0, 1]",
            "code min-length 2",
            "code max-length 4",
            "code pattern ^\\w+|-$",
            "trend enum [Flat, NOT COMPUTABLE]",
            "kind enum [ROOF, CELLAR]",
            "mail format email",
            "link format uri",
            "host format hostname",
            "ipv4 format ipv4",
            "ipv6 format ipv6",
            "channel enum [1, 2, 3, 4]",
            "place.name required",
            "place.name min-length 1",
            "place.name max-length 20",
            "place.lat min -90",
            "place.lat max 90");
  }
}
