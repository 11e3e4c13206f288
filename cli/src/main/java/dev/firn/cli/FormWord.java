package dev.firn.cli;

import dev.firn.cli.ContractCommand.Form;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the word of a form. */
final class FormWord implements ITypeConverter<Form> {
  @Override
  public Form convert(String word) {
    return Arrays.stream(Form.values())
        .filter(form -> form.toString().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + word + "' is no form of a contract: use json-schema, yaml or avro"));
  }
}
