package dev.firn.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import dev.firn.contract.Validator;
import java.util.ArrayList;
import java.util.List;

/** Judges records by a JSON Schema. */
final class JsonSchemaValidator implements Validator {
  private static final int LONGEST_SHOWN = 60;

  private final Schema schema;

  JsonSchemaValidator(Schema schema) {
    this.schema = schema;
  }

  @Override
  public List<Finding> validate(JsonNode record) {
    try {
      List<Finding> findings = new ArrayList<>();
      for (Error error : schema.validate(record)) {
        Finding finding = finding(error);
        if (!findings.contains(finding)) {
          findings.add(finding);
        }
      }
      return findings;
    } catch (StackOverflowError tooDeep) {
      return List.of(new Finding("", "a depth that a schema can follow", "deeper"));
    }
  }

  private static Finding finding(Error error) {
    JsonNode asked = error.getSchemaNode();
    boolean simple = asked != null && asked.isValueNode();
    String rule = error.getKeyword() + (simple ? " " + asked.asText() : "");
    JsonNode found = error.getInstanceNode();
    return new Finding(path(error), rule, found == null ? "null" : shown(found.toString()));
  }

  /** The keys on the way; places in lists are left out, so that a rule is one however many. */
  private static String path(Error error) {
    StringBuilder path = new StringBuilder();
    NodePath at = error.getInstanceLocation();
    for (int i = 0; i < at.getNameCount(); i++) {
      Object step = at.getElement(i);
      if (step instanceof Integer) {
        path.append("[]");
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step);
      }
    }
    String property = error.getProperty();
    boolean missing = "required".equals(error.getKeyword()) && property != null;
    return missing ? path + (path.isEmpty() ? "" : ".") + property : path.toString();
  }

  private static String shown(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
  }
}
