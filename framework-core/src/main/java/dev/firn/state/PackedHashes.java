package dev.firn.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Hashes as text: 11 characters for each instead of the 20 of its digits. */
final class PackedHashes {
  private PackedHashes() {}

  static String write(List<Long> hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * hashes.size());
    hashes.forEach(bytes::putLong);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads them, also from the list of numbers that they once were.
   *
   * @throws IllegalArgumentException when the text is none of {@link #write}
   */
  static List<Long> read(JsonNode node) {
    List<Long> hashes = new ArrayList<>();
    if (node.isTextual()) {
      LongBuffer longs =
          ByteBuffer.wrap(Base64.getDecoder().decode(node.textValue())).asLongBuffer();
      while (longs.hasRemaining()) {
        hashes.add(longs.get());
      }
    } else {
      node.forEach(hash -> hashes.add(hash.asLong()));
    }
    return hashes;
  }
}
