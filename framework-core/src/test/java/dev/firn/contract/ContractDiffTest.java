package dev.firn.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new version of a contract changes, and what of it breaks. */
class ContractDiffTest {
  private static ContractDiff diff(String old, String now) {
    return ContractDiff.between(
        ContractFile.parse("old.yaml", old), ContractFile.parse("new.yaml", now));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: long, min: 3}          | {type: long, min: 4}              | true  | a: min 4 was min 3",
        "{type: long, min: 3}          | {type: long, min: 2}              | false | a: min 2 was min 3",
        "{type: long, max: 3}          | {type: long, max: 2.5}            | true  | a: max 2.5 was max 3",
        "{type: long, max: 3}          | {type: long, max: 4}              | false | a: max 4 was max 3",
        "{type: string, min-length: 1} | {type: string, min-length: 2}     | true  | a: min-length 2 was min-length 1",
        "{type: string, max-length: 2} | {type: string, max-length: 3}     | false | a: max-length 3 was max-length 2",
        "{type: string, enum: [a, b]}  | {type: string, enum: [a, b, c]}   | false | a: enum [a, b, c] was enum [a, b]",
        "{type: string, enum: [a, b]}  | {type: string, enum: [a, c]}      | true  | a: enum [a, c] was enum [a, b]",
        "{type: string, pattern: a}    | {type: string, pattern: b}        | true  | a: pattern b was pattern a",
        "{type: string}                | {type: string, required: true}    | true  | a: required is new",
        "{type: string, required: true}| {type: string}                    | false | a: required is gone",
        "{type: int32}                 | {type: long}                      | false | a: type long was int32",
        "{type: long}                  | {type: int32}                     | true  | a: type int32 was long",
        "{type: long}                  | {type: long, on-violation: warn}  | false | a: on-violation warn was fail",
        "{type: long, on-violation: warn} | {type: long, on-violation: drop-row} | true | a: on-violation drop-row was warn",
        "{type: long, min: 3}          | {type: long, exclusive-min: 3}    | true  | a: exclusive-min 3 was min 3",
        "{type: long, exclusive-max: 3}| {type: long, max: 3}              | false | a: max 3 was exclusive-max 3",
        "{type: long, unique: true}    | {type: long, unique: table}       | true  | a: unique in the table was unique",
        "{type: long, unique: table}   | {type: long, unique: load}        | false | a: unique was unique in the table",
        "{type: long}                  | {type: long, max-bad-rows: 3}     | true  | a: max-bad-rows 3 was none",
        "{type: long, min: 3} | {type: long, min: {value: 3, on-violation: warn}} | false | a: min: on-violation warn was fail",
        "{type: long, min: {value: 3, on-violation: warn}} | {type: long, min: {value: 3, on-violation: quarantine}} | true | a: min: on-violation quarantine was warn",
        "{type: long, min: {value: 3, max-bad-rows: 2}} | {type: long, min: {value: 3, max-bad-rows: 1}} | true | a: min: max-bad-rows 1 was 2",
      })
  void aChangedColumnBreaksWhenItRefusesMore(
      String old, String now, boolean breaking, String what) {
    ContractDiff diff = diff("columns: {a: " + old + "}", "columns: {a: " + now + "}");

    assertThat(diff.changes()).containsExactly(new ContractDiff.Change(what, breaking));
    assertThat(diff.breaking()).isEqualTo(breaking);
  }

  @Test
  void columnsComeAndGo() {
    ContractDiff diff =
        diff("columns: {a: long, b: long}", "columns: {b: long, c: long, d: {required: true}}");

    assertThat(diff.changes())
        .containsExactly(
            new ContractDiff.Change("column c is new", false),
            new ContractDiff.Change("column d is new and required", true),
            new ContractDiff.Change("column a is gone", true));
  }

  @Test
  void checksBreakUnlessTheyOnlyWarn() {
    String columns = "columns: {a: long}\nchecks:\n";
    String rows = "- row-count: {min: 1}\n";
    String keys = "- unique: {columns: [a], severity: warn}\n";

    assertThat(diff(columns + rows, columns + keys).changes())
        .containsExactly(
            new ContractDiff.Change("check unique a is new or changed", false),
            new ContractDiff.Change("check row-count min 1 is gone", false));
    assertThat(diff(columns + keys, columns + rows).breaking()).isTrue();
  }

  @Test
  void modesBreakWhenTheyBecomeStricter() {
    String columns = "columns: {a: long}\n";

    ContractDiff diff =
        diff(
            columns + "on-violation: warn",
            columns + "on-violation: fail\nevolution: {columns: freeze}\nmax-bad-rows: 3");

    assertThat(diff.changes())
        .containsExactly(
            new ContractDiff.Change("evolution.columns freeze was evolve", true),
            new ContractDiff.Change("on-violation fail was warn", true),
            new ContractDiff.Change("max-bad-rows 3 was none", true));
    assertThat(diff(columns + "evolution: freeze", columns).breaking()).isFalse();
  }
}
