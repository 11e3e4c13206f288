package dev.firn.testkit;

import static dev.firn.contract.ContractMode.DISCARD_ROW;
import static dev.firn.contract.ContractMode.EVOLVE;
import static dev.firn.contract.ContractMode.FREEZE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The modes in every place, for JSON and for Arrow alike: a load of two rows, of which the second
 * departs from the table that is there.
 */
class ModesByInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MemoryDestination destination = new MemoryDestination();

  @TempDir Path folder;

  enum Input {
    JSON,
    ARROW
  }

  /** What departs where. */
  enum Departure {
    NEW_COLUMN,
    NEW_NESTED_COLUMN,
    NEW_CHILD_COLUMN,
    OTHER_TYPE,
    OTHER_NESTED_TYPE,
    OTHER_CHILD_TYPE,
    NEW_TABLE;

    boolean inChild() {
      return this == NEW_CHILD_COLUMN || this == OTHER_CHILD_TYPE;
    }

    Evolution modes(ContractMode mode) {
      return switch (this) {
        case NEW_COLUMN, NEW_NESTED_COLUMN, NEW_CHILD_COLUMN -> new Evolution(EVOLVE, mode, EVOLVE);
        case OTHER_TYPE, OTHER_NESTED_TYPE, OTHER_CHILD_TYPE -> new Evolution(EVOLVE, EVOLVE, mode);
        case NEW_TABLE -> new Evolution(mode, EVOLVE, EVOLVE);
      };
    }

    /** The column that is there only where everything evolves, with its table. */
    String trace() {
      return switch (this) {
        case NEW_COLUMN -> "t.extra";
        case NEW_NESTED_COLUMN -> "t.place__extra";
        case NEW_CHILD_COLUMN -> "t__parts.extra";
        case OTHER_TYPE -> "t.n__v_text";
        case OTHER_NESTED_TYPE -> "t.place__lat__v_text";
        case OTHER_CHILD_TYPE -> "t__parts.n__v_text";
        case NEW_TABLE -> "t__others.value";
      };
    }
  }

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (Input input : Input.values()) {
      for (Departure departure : Departure.values()) {
        for (ContractMode mode : ContractMode.values()) {
          cells.add(Arguments.of(input, departure, mode));
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @MethodSource("cells")
  void theModeDecidesInEveryPlace(Input input, Departure departure, ContractMode mode) {
    try (BufferAllocator memory = new RootAllocator()) {
      run(Evolution.DEFAULT, () -> json("{'n':1,'place':{'lat':1},'parts':[{'n':1}]}"))
          .throwIfFailed();

      RunReport report =
          run(
              departure.modes(mode),
              () -> input == Input.JSON ? second(departure) : List.of(arrow(memory, departure)));

      boolean frozen = mode == FREEZE;
      boolean dropsRow = mode == DISCARD_ROW && departure != Departure.NEW_TABLE;
      int root = frozen ? 1 : dropsRow && !departure.inChild() ? 2 : 3;
      int parts = frozen ? 1 : dropsRow ? 2 : 3;
      assertThat(destination.rows("ns.t")).hasSize(root);
      assertThat(destination.rows("ns.t__parts")).hasSize(parts);
      assertThat(columns().contains(departure.trace())).isEqualTo(mode == EVOLVE);
      assertThat(report.error().map(e -> e.code()).orElse(ErrorCode.BUG))
          .isEqualTo(frozen ? ErrorCode.CONTRACT_FROZEN : ErrorCode.BUG);
      report
          .error()
          .ifPresent(
              e ->
                  assertThat(e.getMessage())
                      .contains(departure.inChild() ? "ns.t__parts" : "ns.t")
                      .contains(word(departure)));
      Laws.everyRecordIsCounted(report);
    }
  }

  private static String word(Departure departure) {
    return switch (departure) {
      case NEW_COLUMN, NEW_NESTED_COLUMN, NEW_CHILD_COLUMN -> "extra";
      case OTHER_TYPE, OTHER_CHILD_TYPE -> "'n'";
      case OTHER_NESTED_TYPE -> "lat";
      case NEW_TABLE -> "ns.t__others";
    };
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (String table : List.of("t", "t__parts", "t__others")) {
      destination
          .metadata()
          .current(TableName.parse("ns." + table))
          .ifPresent(
              live ->
                  live.schema().columns().forEach(each -> columns.add(table + "." + each.name())));
    }
    return columns;
  }

  private RunReport run(Evolution modes, Callable<?> rows) {
    return Firn.pipeline("ns")
        .workFolder(folder)
        .run(destination, RunOptions.DEFAULT, Resource.of("t", rows).evolution(modes));
  }

  private static List<?> json(String... rows) {
    List<Object> all = new ArrayList<>();
    for (String row : rows) {
      try {
        all.add(JSON.readValue(row.replace('\'', '"'), Map.class));
      } catch (IOException e) {
        throw new AssertionError(row, e);
      }
    }
    return all;
  }

  private static List<?> second(Departure departure) {
    String plain = "{'n':2,'place':{'lat':2},'parts':[{'n':2}]}";
    return switch (departure) {
      case NEW_COLUMN -> json(plain, "{'n':3,'place':{'lat':3},'parts':[{'n':3}],'extra':'x'}");
      case NEW_NESTED_COLUMN ->
          json(plain, "{'n':3,'place':{'lat':3,'extra':'x'},'parts':[{'n':3}]}");
      case NEW_CHILD_COLUMN ->
          json(plain, "{'n':3,'place':{'lat':3},'parts':[{'n':3,'extra':'x'}]}");
      case OTHER_TYPE -> json(plain, "{'n':'x','place':{'lat':3},'parts':[{'n':3}]}");
      case OTHER_NESTED_TYPE -> json(plain, "{'n':3,'place':{'lat':'x'},'parts':[{'n':3}]}");
      case OTHER_CHILD_TYPE -> json(plain, "{'n':3,'place':{'lat':3},'parts':[{'n':'x'}]}");
      case NEW_TABLE -> json(plain, "{'n':3,'place':{'lat':3},'parts':[{'n':3}],'others':['x']}");
    };
  }

  /** The same two rows; a column of texts has the number of the first one as text. */
  private static VectorSchemaRoot arrow(BufferAllocator memory, Departure departure) {
    List<FieldVector> vectors = new ArrayList<>();
    vectors.add(numbers(memory, "n", departure == Departure.OTHER_TYPE));
    vectors.add(place(memory, departure));
    vectors.add(parts(memory, departure));
    if (departure == Departure.NEW_COLUMN) {
      VarCharVector extra = new VarCharVector("extra", memory);
      extra.setSafe(1, new Text("x"));
      extra.setValueCount(2);
      vectors.add(extra);
    } else if (departure == Departure.NEW_TABLE) {
      ListVector others = ListVector.empty("others", memory);
      UnionListWriter writer = others.getWriter();
      writer.setPosition(1);
      writer.startList();
      writer.varChar().writeVarChar("x");
      writer.endList();
      writer.setValueCount(2);
      vectors.add(others);
    }
    return new VectorSchemaRoot(vectors);
  }

  private static FieldVector numbers(BufferAllocator memory, String name, boolean texts) {
    if (texts) {
      VarCharVector vector = new VarCharVector(name, memory);
      vector.setSafe(0, new Text("2"));
      vector.setSafe(1, new Text("x"));
      vector.setValueCount(2);
      return vector;
    }
    BigIntVector vector = new BigIntVector(name, memory);
    vector.setSafe(0, 2);
    vector.setSafe(1, 3);
    vector.setValueCount(2);
    return vector;
  }

  private static StructVector place(BufferAllocator memory, Departure departure) {
    StructVector place = StructVector.empty("place", memory);
    try (FieldVector lat = numbers(memory, "lat", departure == Departure.OTHER_NESTED_TYPE)) {
      FieldVector into =
          place.addOrGet("lat", FieldType.nullable(lat.getField().getType()), lat.getClass());
      lat.makeTransferPair(into).transfer();
    }
    if (departure == Departure.NEW_NESTED_COLUMN) {
      VarCharVector extra =
          place.addOrGet("extra", FieldType.nullable(new ArrowType.Utf8()), VarCharVector.class);
      extra.setSafe(1, new Text("x"));
      extra.setValueCount(2);
    }
    place.setIndexDefined(0);
    place.setIndexDefined(1);
    place.setValueCount(2);
    return place;
  }

  private static ListVector parts(BufferAllocator memory, Departure departure) {
    ListVector parts = ListVector.empty("parts", memory);
    UnionListWriter writer = parts.getWriter();
    for (int row = 0; row < 2; row++) {
      writer.setPosition(row);
      writer.startList();
      writer.struct().start();
      if (departure == Departure.OTHER_CHILD_TYPE) {
        writer.struct().varChar("n").writeVarChar(row == 0 ? "2" : "x");
      } else {
        writer.struct().bigInt("n").writeBigInt(2L + row);
      }
      if (departure == Departure.NEW_CHILD_COLUMN && row == 1) {
        writer.struct().varChar("extra").writeVarChar("x");
      }
      writer.struct().end();
      writer.endList();
    }
    writer.setValueCount(2);
    return parts;
  }
}
