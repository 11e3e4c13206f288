package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Rule;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValueTestTest {
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everythingIsFreed() {
    allocator.close();
  }

  private boolean text(Rule rule, String value) {
    try (ColumnBuffer column = new ColumnBuffer(allocator, Simple.STRING)) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      column.putBytes(0, utf8, 0, utf8.length);
      return ValueTest.of(rule).holds(column, 0);
    }
  }

  private boolean whole(Rule rule, long value) {
    try (ColumnBuffer column = new ColumnBuffer(allocator, Simple.LONG)) {
      column.putLong(0, value);
      return ValueTest.of(rule).holds(column, 0);
    }
  }

  private boolean real(Rule rule, double value) {
    try (ColumnBuffer column = new ColumnBuffer(allocator, Simple.DOUBLE)) {
      column.putDouble(0, value);
      return ValueTest.of(rule).holds(column, 0);
    }
  }

  private boolean exact(Rule rule, String value) {
    try (ColumnBuffer column = new ColumnBuffer(allocator, new DataType.Decimal(10, 2))) {
      column.putDecimal(0, new BigDecimal(value));
      return ValueTest.of(rule).holds(column, 0);
    }
  }

  private static Rule least(String bound, boolean excluded) {
    return new Rule.AtLeast(new BigDecimal(bound), excluded);
  }

  private static Rule most(String bound, boolean excluded) {
    return new Rule.AtMost(new BigDecimal(bound), excluded);
  }

  @Test
  void aBoundBelongsToItsSideUnlessItIsExcluded() {
    assertThat(whole(least("20", false), 20)).isTrue();
    assertThat(whole(least("20", true), 20)).isFalse();
    assertThat(whole(least("20", true), 21)).isTrue();
    assertThat(whole(most("20", false), 20)).isTrue();
    assertThat(whole(most("20", true), 20)).isFalse();
    assertThat(whole(most("20", false), 21)).isFalse();
  }

  @Test
  void boundsAreComparedExactlyWhateverTheTypeOfTheColumn() {
    assertThat(whole(least("19.5", false), 19)).isFalse();
    assertThat(whole(least("19.5", false), 20)).isTrue();
    assertThat(whole(most("1e30", false), Long.MAX_VALUE)).isTrue();
    assertThat(real(most("0.1", false), 0.1)).isTrue();
    assertThat(real(most("0.1", true), Math.nextDown(0.1))).isTrue();
    assertThat(real(least("-0.5", false), -0.75)).isFalse();
    assertThat(real(least("0", false), Double.NaN)).isFalse();
    assertThat(exact(most("9.99", false), "9.99")).isTrue();
    assertThat(exact(most("9.99", false), "10.00")).isFalse();
  }

  @Test
  void lengthsCountCharactersNotBytes() {
    assertThat(text(new Rule.MaxLength(3), "äöü")).isTrue();
    assertThat(text(new Rule.MaxLength(3), "abcd")).isFalse();
    assertThat(text(new Rule.MinLength(2), "😀")).isFalse();
    assertThat(text(new Rule.MinLength(1), "😀")).isTrue();
  }

  @Test
  void aPatternIsSearchedInTextsOfEveryScriptAndEndsInTime() {
    assertThat(text(new Rule.Matches("b"), "abc")).isTrue();
    assertThat(text(new Rule.Matches("^b"), "abc")).isFalse();
    assertThat(text(new Rule.Matches("^.ä$"), "öä")).isTrue();
    assertThat(text(new Rule.Matches("^(a+)+$"), "a".repeat(40) + "!")).isFalse();
    assertThat(text(new Rule.Matches("^(a|b)*$"), "ab".repeat(200_000) + "!")).isFalse();
  }

  @Test
  void aValueIsOneOfFewOrOfMany() {
    Rule few = new Rule.OneOf(List.of("Flat", "7"));
    List<String> values = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    Rule many = new Rule.OneOf(values);

    assertThat(text(few, "Flat")).isTrue();
    assertThat(text(few, "flat")).isFalse();
    assertThat(whole(few, 7)).isTrue();
    assertThat(whole(few, 8)).isFalse();
    assertThat(text(many, "99")).isTrue();
    assertThat(text(many, "100")).isFalse();
  }
}
