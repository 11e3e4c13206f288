package dev.firn.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.plugin.Providers;
import dev.firn.internal.yaml.ContractDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Contracts as they are written: the short form in YAML, a JSON Schema 2020-12, or a Java record
 * with {@link Contract}. All three say the same.
 */
public final class ContractFile {
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*(\\.\\p{javaJavaIdentifierPart}+)*");
  private static final Pattern FILE_NAME = Pattern.compile("\\.(ya?ml|json)$");

  private ContractFile() {}

  /**
   * Reads a contract; a file with {@code $schema} or {@code properties} is a JSON Schema.
   *
   * @throws FirnException {@code INVALID_CONFIG} with every problem at its {@code
   *     file:line:column}; {@code UNREADABLE_PATH} when the file is missing
   */
  public static SchemaContract read(Path file) {
    return read(file, file.toString());
  }

  private static SchemaContract read(Path file, String shown) {
    try {
      return parse(shown, Files.readString(file));
    } catch (IOException unreadable) {
      throw new FirnException(
          ErrorCode.UNREADABLE_PATH,
          "The contract " + shown + " cannot be read.",
          "Name a file of UTF-8 text.",
          unreadable);
    }
  }

  /**
   * Reads a contract's text.
   *
   * @param path names it in messages; {@code .json} at its end tells JSON from YAML
   * @throws FirnException {@code INVALID_CONFIG}
   */
  public static SchemaContract parse(String path, String text) {
    return ContractDocuments.read(path, text);
  }

  /**
   * The contract that a record says.
   *
   * @throws FirnException {@code INVALID_CONFIG} with every problem at its component
   */
  public static SchemaContract of(Class<?> type) {
    return ContractDocuments.of(type);
  }

  /**
   * Finds a contract by what a user writes: the path of a file, or the name of a record with {@link
   * Contract} on the class path or in {@code plugins/}.
   *
   * @param folder where paths begin and {@code plugins/} is
   * @throws FirnException as {@link #read} and {@link #of}; {@code INVALID_CONFIG} when there is
   *     neither
   */
  public static SchemaContract find(String written, Path folder) {
    boolean named = CLASS_NAME.matcher(written).matches() && !FILE_NAME.matcher(written).find();
    if (!named || Files.exists(folder.resolve(written))) {
      return read(folder.resolve(written), written);
    }
    try {
      return of(Class.forName(written, false, Providers.in(folder).loader()));
    } catch (ClassNotFoundException | LinkageError missing) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "There is no file and no class " + written + ".",
          "Name a contract's file, or a record whose jar is in plugins/.",
          missing);
    }
  }

  /**
   * What is installed judges whether each validator of a contract is, and takes its settings.
   *
   * @param folder its {@code plugins/} are installed too
   * @throws FirnException {@code UNKNOWN_TYPE}, or {@code INVALID_CONFIG} for the settings
   */
  public static void checkValidators(SchemaContract contract, Path folder) {
    Providers installed = Providers.in(folder);
    for (ValidatorSpec each : contract.validators()) {
      installed.validator(each).close();
    }
  }

  /** The JSON Schema 2020-12 that a contract stands for; reads back to the same contract. */
  public static ObjectNode jsonSchema(SchemaContract contract) {
    return ContractDocuments.jsonSchema(contract);
  }

  /**
   * The columns as an Avro record, named as in the table; those without a type are strings. Rules
   * other than {@code required} have no place in it.
   */
  public static ObjectNode avro(SchemaContract contract) {
    return ContractDocuments.avro(contract);
  }

  /** The JSON Schema 2020-12 of files in the short form, for editors. */
  public static ObjectNode schema() {
    return ContractDocuments.schema();
  }

  /** The short form in YAML; reads back to the same contract. */
  public static String yaml(SchemaContract contract) {
    return ContractDocuments.yaml(contract);
  }
}
