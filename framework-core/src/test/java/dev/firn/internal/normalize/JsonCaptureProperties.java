package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class JsonCaptureProperties {
  private final JsonCapture json = new JsonCapture();

  @Property(tries = 200)
  void keyIsNewUnlessItsObjectHasIt(
      @ForAll @Size(max = 300) List<@StringLength(max = 2) String> keys) {
    Set<String> seen = new HashSet<>();
    json.begin();
    json.open('{');

    for (String key : keys) {
      assertThat(key(key)).as(key).isEqualTo(seen.add(key));
      json.raw("null");
    }
  }

  @Example
  void objectsHaveTheirKeysForThemselves() {
    json.begin();
    json.open('[');
    for (int i = 0; i < 2; i++) {
      json.open('{');
      assertThat(key("a")).isTrue();
      json.open('{');
      assertThat(key("a")).isTrue();
      json.close('}');
      assertThat(key("b")).isTrue();
      json.raw("1");
      assertThat(key("a")).isFalse();
      json.raw("2");
      json.close('}');
    }
    json.close(']');

    assertThat(json.complete()).isTrue();
    json.begin();
    json.open('{');
    assertThat(key("a")).isTrue();
  }

  private boolean key(String key) {
    byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
    return json.key(utf8, 0, utf8.length);
  }
}
