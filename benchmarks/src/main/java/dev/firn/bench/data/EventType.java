package dev.firn.bench.data;

/** The kinds of events, with how many of a thousand events are of each kind. */
enum EventType {
  PUSH("PushEvent", 480),
  CREATE("CreateEvent", 120),
  WATCH("WatchEvent", 90),
  PULL_REQUEST("PullRequestEvent", 80),
  ISSUE_COMMENT("IssueCommentEvent", 90),
  ISSUES("IssuesEvent", 45),
  DELETE("DeleteEvent", 40),
  FORK("ForkEvent", 25),
  RELEASE("ReleaseEvent", 15),
  GOLLUM("GollumEvent", 15);

  private static final EventType[] TYPES = values();

  private final String label;
  private final int perMille;

  EventType(String label, int perMille) {
    this.label = label;
    this.perMille = perMille;
  }

  String label() {
    return label;
  }

  static EventType drawnBy(Draw draw) {
    int rest = draw.below(1000);
    for (EventType type : TYPES) {
      rest -= type.perMille;
      if (rest < 0) {
        return type;
      }
    }
    throw new AssertionError("the shares sum to a thousand");
  }
}
