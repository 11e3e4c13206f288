package dev.firn.iceberg.internal.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the destination remembers of a staged file, enough to commit it without opening it.
 *
 * @param dataFile Iceberg's JSON form of the data file: partition, metrics, split offsets
 * @param fields its columns under the ids of its footer
 * @param partitionedBy the partition fields that its partition values belong to, such as {@code
 *     day(at)}
 * @param groups the row groups that count, in file order
 */
public record StagedDetails(
    JsonNode dataFile,
    List<StagedField> fields,
    List<String> partitionedBy,
    List<RowGroup> groups) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public StagedDetails {
    fields = List.copyOf(fields);
    partitionedBy = List.copyOf(partitionedBy);
    groups = List.copyOf(groups);
  }

  /** A column of the file: the id in its footer, and the table's type when it was sealed. */
  public record StagedField(String name, int id, String type) {}

  /**
   * A row group.
   *
   * @param set id of the batch set whose rows these are
   * @param firstRow position in the file
   * @param origin where the rows come from, for a merge; nothing for a whole batch of a child table
   */
  public record RowGroup(long set, long firstRow, int rows, PackedRuns origin) {
    /** Where the rows come from, in their order. */
    public List<RowRun> runs() {
      return origin.unpack();
    }
  }

  /**
   * A stretch of root rows that were neighbours in the input and in the batch.
   *
   * @param split ordinal of the split
   * @param firstRow number of the first row within the split
   * @param setRow position of the first row in the set's root batch
   */
  public record RowRun(long split, long firstRow, int setRow, int rows) {}

  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.set("file", dataFile);
    ArrayNode columns = root.putArray("fields");
    fields.forEach(field -> columns.addArray().add(field.name()).add(field.id()).add(field.type()));
    ArrayNode partition = root.putArray("partitionedBy");
    partitionedBy.forEach(partition::add);
    ArrayNode rowGroups = root.putArray("groups");
    groups.forEach(group -> write(group, rowGroups.addArray()));
    return root.toString();
  }

  private static void write(RowGroup group, ArrayNode to) {
    to.add(group.set()).add(group.firstRow()).add(group.rows()).add(group.origin().text());
  }

  /** Reads {@link #toJson}. */
  public static StagedDetails parse(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      List<StagedField> fields = new ArrayList<>();
      root.path("fields")
          .forEach(
              f ->
                  fields.add(
                      new StagedField(f.get(0).asText(), f.get(1).asInt(), f.get(2).asText())));
      List<String> partition = new ArrayList<>();
      root.path("partitionedBy").forEach(field -> partition.add(field.asText()));
      List<RowGroup> groups = new ArrayList<>();
      root.path("groups").forEach(group -> groups.add(group(group)));
      return new StagedDetails(root.path("file"), fields, partition, groups);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not the details of a staged file: " + json, e);
    }
  }

  private static RowGroup group(JsonNode node) {
    return new RowGroup(
        node.get(0).asLong(),
        node.get(1).asLong(),
        node.get(2).asInt(),
        new PackedRuns(node.get(3).asText()));
  }
}
