package dev.firn.examples.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ContractFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadingFileTest {
  @Test
  void fileAndRecordAreOneContract() {
    assertThat(ContractFile.read(Path.of("contracts/reading.yaml")))
        .isEqualTo(ContractFile.of(Reading.class));
  }
}
