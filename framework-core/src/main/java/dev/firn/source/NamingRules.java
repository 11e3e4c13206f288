package dev.firn.source;

/** How source keys become column and table names. */
public record NamingRules(Style style, OnCollision onCollision) {
  /** Snake case; a collision fails. */
  public static final NamingRules DEFAULT = new NamingRules(Style.SNAKE_CASE, OnCollision.FAIL);

  /** The spelling of names. */
  public enum Style {
    SNAKE_CASE,
    DIRECT,
    UNICODE
  }

  /** What to do when two source paths meet in one name. */
  public enum OnCollision {
    FAIL,
    SUFFIX
  }
}
