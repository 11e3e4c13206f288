package dev.firn.internal.normalize;

/**
 * What a record may be and how it is taken apart.
 *
 * @param maxDepth open objects and lists
 * @param maxNesting levels of nesting that become columns and tables
 * @param jsonDeclared whether any column is declared or committed as JSON
 * @param constants columns that every root row gets
 */
record RecordRules(
    int maxDepth,
    int maxNesting,
    boolean jsonDeclared,
    int maxColumns,
    int maxTables,
    Constants constants) {}
