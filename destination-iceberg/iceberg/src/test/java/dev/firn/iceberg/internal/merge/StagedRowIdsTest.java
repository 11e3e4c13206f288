package dev.firn.iceberg.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StagedRowIdsTest {
  private static final long ROWS = 5L << 19; // two pieces and a half

  @Test
  void idsOnTheHeapAndInAFileAreFoundAlike() {
    StagedRowIds ids = new StagedRowIds(ROWS, 1);

    ids.set(3, 0);
    ids.set((1 << 20) - 1, 7);
    ids.set(1 << 20, 1L << 40);
    ids.set(ROWS - 1, 9);

    assertThat(ids.get(3)).isZero();
    assertThat(ids.get((1 << 20) - 1)).isEqualTo(7);
    assertThat(ids.get(1 << 20)).isEqualTo(1L << 40);
    assertThat(ids.get(ROWS - 1)).isEqualTo(9);
    assertThat(ids.get(4)).isEqualTo(RowIds.NONE);
    assertThat(ids.get(ROWS - 2)).isEqualTo(RowIds.NONE);
  }

  @Test
  void rowsWithoutIdsAreTold() {
    StagedRowIds ids = new StagedRowIds(ROWS);

    assertThat(ids.anyIn(0, ROWS)).isFalse();

    ids.set(1 << 20, 1);
    assertThat(ids.anyIn(0, 1 << 20)).isFalse();
    assertThat(ids.anyIn(5, 1 << 20)).isTrue();
    assertThat(ids.anyIn(1 << 20, 1)).isTrue();
    assertThat(ids.anyIn(2 << 20, ROWS - (2 << 20))).isFalse();
    assertThat(ids.anyIn(7, 0)).isFalse();
    assertThat(ids.get(5)).isEqualTo(RowIds.NONE);
  }
}
