package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.ContractFile;
import dev.firn.contract.SchemaContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/** Gives jqwik the values of {@link FromContract} and {@link BreaksContract}. */
public final class ContractArbitraries implements ArbitraryProvider {
  @Override
  public boolean canProvideFor(TypeUsage type) {
    boolean rows = type.isOfType(JsonNode.class) || type.isOfType(List.class);
    return (rows && type.findAnnotation(FromContract.class).isPresent())
        || (mutants(type) && type.findAnnotation(BreaksContract.class).isPresent());
  }

  private static boolean mutants(TypeUsage type) {
    return type.isOfType(Mutant.class) || type.isOfType(ListMutant.class);
  }

  @Override
  public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
    Optional<FromContract> from = type.findAnnotation(FromContract.class);
    if (from.isPresent()) {
      ContractRows rows = new ContractRows(contract(from.get().value(), from.get().file()));
      return Set.of(type.isOfType(List.class) ? rows.lists() : rows.valid());
    }
    BreaksContract breaks = type.findAnnotation(BreaksContract.class).orElseThrow();
    ContractRows rows = new ContractRows(contract(breaks.value(), breaks.file()));
    return Set.of(type.isOfType(Mutant.class) ? rows.mutants() : rows.listMutants());
  }

  /** Before jqwik's own for lists. */
  @Override
  public int priority() {
    return 10;
  }

  private static SchemaContract contract(Class<?> type, String file) {
    if (type != Void.class) {
      return ContractFile.of(type);
    }
    Path path = Path.of(file);
    return Files.exists(path) ? ContractFile.read(path) : resource(file);
  }

  private static SchemaContract resource(String name) {
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no contract " + name + ".");
      }
      return ContractFile.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
