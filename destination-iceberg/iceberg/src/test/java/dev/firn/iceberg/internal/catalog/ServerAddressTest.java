package dev.firn.iceberg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The servers that settings lead to. */
class ServerAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://lake.example.com/api?x=//y | lake.example.com:443",
        "http://[::1]:8181/api | [::1]:8181",
        "thrift://one:9083, thrift://two | one:9083 two:9083",
        "jdbc:postgresql://one:5433,two/lake?user=a | one:5433 two:5432",
        "postgresql://ada:secret@db.example.com/lake | db.example.com:5432",
        "jdbc:sqlserver://db.example.com;databaseName=lake | db.example.com:1433",
        "jdbc:oracle:thin:@//db.example.com:1522/lake | db.example.com:1522",
        "jdbc:sqlite:.firn/catalog.db | ",
        "jdbc:sqlite:/data//catalog.db | ",
        "memory | ",
        "http://under_score/ | "
      })
  void eachIsFoundWithItsPort(String address, String servers) {
    List<String> found =
        ServerAddress.all(address).stream()
            .map(server -> server.getHost() + ":" + ServerAddress.port(server))
            .toList();

    assertThat(found).isEqualTo(servers == null ? List.of() : List.of(servers.split(" ")));
  }
}
