package dev.firn.bench.data;

/** The payload of an event, whose shape depends on the event's type. */
final class EventPayload {
  private final Draw draw;
  private final JsonOut json;
  private final Phrases phrases;
  private final EventParts parts;

  EventPayload(Draw draw, JsonOut json, Phrases phrases, EventParts parts) {
    this.draw = draw;
    this.json = json;
    this.phrases = phrases;
    this.parts = parts;
  }

  void write(EventType type, Event event) {
    json.openObject("payload");
    switch (type) {
      case PUSH -> push(event);
      case CREATE -> create();
      case WATCH -> json.text("action", "started");
      case PULL_REQUEST -> pullRequest(event);
      case ISSUE_COMMENT -> comment(event);
      case ISSUES -> issue(event, draw.oneIn(2) ? "opened" : "closed");
      case DELETE -> delete(event.late());
      case FORK -> fork(event);
      case RELEASE -> release(event);
      case GOLLUM -> pages();
    }
    json.closeObject();
  }

  private void push(Event event) {
    int commits = Math.min(20, 1 + (int) draw.exponential(1.3));
    json.number("repository_id", parts.repositoryId(event.repository()));
    json.number("pushId", 15_000_000_000L + event.number());
    json.number("size", commits).number("distinctSize", commits);
    json.text("ref", "refs/heads/" + (draw.oneIn(3) ? phrases.word() : "main"));
    parts.sha("head");
    parts.sha("before").openArray("commits");
    for (int i = 0; i < commits; i++) {
      json.openObject();
      parts.shaAndUrl(event.repository(), this::commit);
      json.closeObject();
    }
    json.closeArray();
  }

  private void commit() {
    int user = draw.heavyTailed(EventParts.USERS);
    json.openObject("author").text("email", "u", user, "@example.org");
    json.text("name", "User ", user, "").closeObject();
    phrases.write(json.openText("message"), draw.between(4, 17));
    json.closeText().flag("distinct", !draw.oneIn(10));
  }

  private void create() {
    boolean branch = !draw.oneIn(4);
    if (branch) {
      json.text("ref", phrases.word() + "-", draw.below(999), "");
    } else {
      json.nothing("ref");
    }
    json.text("ref_type", branch ? "branch" : "repository").text("master_branch", "main");
    if (draw.oneIn(3)) {
      json.nothing("description");
    } else {
      phrases.write(json.openText("description"), draw.between(3, 12));
      json.closeText();
    }
    json.text("pusherType", "user");
  }

  private void delete(boolean late) {
    json.openText("ref").ascii(phrases.word()).ascii('/').ascii(phrases.word());
    json.closeText().text("ref_type", "branch");
    if (late) {
      json.openObject("pusherType").text("kind", "user").flag("bot", draw.oneIn(5)).closeObject();
    } else {
      json.text("pusherType", "user");
    }
  }

  private void pullRequest(Event event) {
    int number = draw.between(1, 5000);
    boolean merged = draw.oneIn(3);
    json.text("action", merged ? "closed" : "opened").number("number", number);
    json.openObject("pullRequest").number("id", 1_600_000_000L + event.number());
    json.number("number", number).text("state", merged ? "closed" : "open").flag("locked", false);
    parts.title(draw.between(3, 8));
    parts.user("user");
    parts.body(60);
    parts.labels();
    json.instant("created_at", event.epochMillis() - draw.below(90_000) * 1000L);
    if (merged) {
      json.instant("merged_at", event.epochMillis());
    } else {
      json.nothing("merged_at");
    }
    json.flag("draft", draw.oneIn(8));
    parts.side("head", event.repository());
    parts.side("base", event.repository());
    parts.users("requestedReviewers", 2);
    json.number("additions", draw.below(4000)).number("deletions", draw.below(2000));
    json.number("changed_files", draw.below(60));
    reviewScore(event.late());
    json.closeObject();
  }

  private void reviewScore(boolean late) {
    if (late) {
      json.openText("review_score").decimal(draw.below(101), 2);
      json.closeText();
    } else {
      json.decimal("review_score", draw.below(10_001), 4);
    }
  }

  private void comment(Event event) {
    issue(event, "created");
    json.openObject("comment").number("id", 1_800_000_000L + event.number());
    parts.user("user");
    json.instant("created_at", event.epochMillis()).text("authorAssociation", "NONE");
    parts.body(50);
    json.closeObject();
  }

  private void issue(Event event, String action) {
    json.text("action", action).openObject("issue");
    json.number("id", 1_900_000_000L + event.number()).number("number", draw.below(9000));
    parts.title(draw.between(3, 10));
    parts.user("user");
    parts.labels();
    json.text("state", "open").flag("locked", false);
    parts.users("assignees", 2);
    json.nothing("milestone").number("comments", draw.below(40));
    json.instant("created_at", event.epochMillis()).nothing("closed_at");
    parts.body(40);
    json.openObject("reactions").number("total_count", draw.below(9)).number("+1", draw.below(5));
    json.number("-1", draw.below(2)).number("heart", draw.below(3)).closeObject();
    json.closeObject();
  }

  private void fork(Event event) {
    json.openObject("forkee").number("id", 700_000_000L + event.repository());
    parts.repositoryName("full_name", event.repository());
    parts.user("owner");
    phrases.write(json.openText("description"), 8);
    json.closeText().instant("pushed_at", event.epochMillis()).openArray("topics");
    for (int i = draw.between(0, 4); i > 0; i--) {
      json.openText().ascii(phrases.word());
      json.closeText();
    }
    json.closeArray().openObject("license").text("key", "apache-2.0");
    json.text("name", "Apache License 2.0").closeObject();
    json.number("openIssuesCount", draw.below(300)).closeObject();
  }

  private void release(Event event) {
    json.text("action", "published").openObject("release");
    json.number("id", 120_000_000L + event.number());
    json.openText("tag_name").ascii('v').number(draw.below(9)).ascii('.').number(draw.below(40));
    json.closeText();
    parts.user("author");
    json.flag("prerelease", draw.oneIn(5)).instant("published_at", event.epochMillis());
    json.openArray("assets");
    for (int i = draw.between(0, 7); i > 0; i--) {
      json.openObject().number("id", draw.below(1 << 30)).text("name", phrases.word() + ".tar.gz");
      json.number("size", draw.below(1 << 28)).number("downloadCount", draw.below(5000));
      json.closeObject();
    }
    json.closeArray();
    parts.body(120);
    json.closeObject();
  }

  private void pages() {
    json.openArray("pages");
    for (int i = draw.between(1, 3); i > 0; i--) {
      json.openObject().text("page_name", phrases.word());
      parts.title(3);
      json.nothing("summary").text("action", "edited");
      parts.sha("sha").closeObject();
    }
    json.closeArray();
  }
}
