package dev.firn.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.load.WriteDisposition;
import dev.firn.source.OpenSource;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens a resource from its keys and reads it through. */
final class Reading {
  static final Tuning TUNING = Tuning.DEFAULT;

  private Reading() {}

  /** The reader of a resource with these keys, JSON with single quotes. */
  static ResourceReader reader(Path folder, Tuning tuning, String keys) {
    try {
      ResourceSpec resource =
          ResourceSpec.named("r").withOptions(new ObjectMapper().readTree(keys.replace('\'', '"')));
      SourceSpec source =
          new SourceSpec("s", "files", new ObjectMapper().createObjectNode(), List.of(resource));
      SourceProvider.Context context =
          new SourceProvider.Context(folder, Reading.class.getClassLoader());
      OpenSource open = FilesSourceProvider.open(source, context, tuning);
      return open.reader(resource);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static ReadRequest everything() {
    return ReadRequest.everything(WriteDisposition.APPEND);
  }

  static List<Split> splits(ResourceReader reader) {
    return splits(reader.open(everything()));
  }

  static List<Split> splits(SplitStream stream) {
    List<Split> splits = new ArrayList<>();
    try (stream) {
      for (Optional<Split> next = stream.next(); next.isPresent(); next = stream.next()) {
        splits.add(next.get());
      }
    }
    return splits;
  }

  /** All records, in input order. */
  static RecordingSink read(ResourceReader reader) {
    RecordingSink sink = new RecordingSink();
    splits(reader).forEach(split -> split.read(sink));
    return sink;
  }

  static RecordingSink read(Path folder, Tuning tuning, String keys) {
    return read(reader(folder, tuning, keys));
  }
}
