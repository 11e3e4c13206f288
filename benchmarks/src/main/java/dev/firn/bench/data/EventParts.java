package dev.firn.bench.data;

/** The objects that several kinds of events share: users, repositories, labels, bodies. */
final class EventParts {
  static final int USERS = 500_000;
  static final int REPOSITORIES = 2_000_000;
  private static final int ORGANISATIONS = 50_000;
  private static final long FIRST_REPOSITORY = 10_000;
  private static final String[] LABELS = {
    "bug", "enhancement", "good first issue", "help wanted", "docs", "wontfix"
  };
  private static final String[] LANGUAGES = {"Java", "Python", "Go", "Rust", "TypeScript", "C++"};

  private final Draw draw;
  private final JsonOut json;
  private final Phrases phrases;

  EventParts(Draw draw, JsonOut json, Phrases phrases) {
    this.draw = draw;
    this.json = json;
    this.phrases = phrases;
  }

  void actor() {
    int user = draw.heavyTailed(USERS);
    json.openObject("actor").number("id", user).text("login", "user", user, "");
    json.text("displayLogin", "user", user, "").text("gravatar_id", "");
    links(user).closeObject();
  }

  void user(String name) {
    json.openObject(name);
    userFields();
  }

  void users(String name, int atMost) {
    json.openArray(name);
    for (int i = draw.between(0, atMost); i > 0; i--) {
      json.openObject();
      userFields();
    }
    json.closeArray();
  }

  private void userFields() {
    int user = draw.heavyTailed(USERS);
    json.number("id", user).text("login", "user", user, "").text("node_id", "U_", user * 31L, "");
    json.flag("siteAdmin", false).text("type", "User");
    links(user).closeObject();
  }

  private JsonOut links(int user) {
    return json.text("url", "https://api.example.org/users/user", user, "")
        .text("avatarUrl", "https://avatars.example.org/u/", user, "?");
  }

  void organisation() {
    int org = draw.heavyTailed(ORGANISATIONS);
    json.openObject("org").number("id", org).text("login", "org", org, "").text("gravatar_id", "");
    json.text("avatarUrl", "https://avatars.example.org/o/", org, "?").closeObject();
  }

  void repository(int repository) {
    json.openObject("repo").number("id", FIRST_REPOSITORY + repository);
    repositoryName("name", repository);
    repositoryUrl(json.openText("url"), repository);
    json.closeText().closeObject();
  }

  void repositoryName(String name, int repository) {
    repositoryPath(json.openText(name), repository);
    json.closeText();
  }

  TextOut repositoryUrl(TextOut out, int repository) {
    return repositoryPath(out.ascii("https://api.example.org/repos/"), repository);
  }

  private static TextOut repositoryPath(TextOut out, int repository) {
    return out.ascii("org")
        .number(repository % ORGANISATIONS)
        .ascii('/')
        .ascii(Phrases.wordOf(repository))
        .ascii('-')
        .number(repository);
  }

  long repositoryId(int repository) {
    return FIRST_REPOSITORY + repository;
  }

  /** One side of a pull request. */
  void side(String name, int repository) {
    json.openObject(name).text("label", phrases.word() + ":main").text("ref", phrases.word());
    sha("sha").openObject("repo").number("id", FIRST_REPOSITORY + repository);
    repositoryName("name", repository);
    json.flag("private", false);
    int language = repository % (LANGUAGES.length + 1);
    if (language < LANGUAGES.length) {
      json.text("language", LANGUAGES[language]);
    } else {
      json.nothing("language");
    }
    json.number("stargazersCount", draw.heavyTailed(90_000)).number("sizeKb", draw.below(1 << 20));
    json.closeObject().closeObject();
  }

  void labels() {
    json.openArray("labels");
    for (int i = draw.between(0, 3); i > 0; i--) {
      int label = draw.below(LABELS.length);
      json.openObject().number("id", 1000 + label).text("name", LABELS[label]);
      json.text("color", "ededed").flag("isDefault", label < 2).closeObject();
    }
    json.closeArray();
  }

  void title(int words) {
    phrases.write(json.openText("title"), words);
    json.closeText();
  }

  /** A text of several lines, or null for one in six. */
  void body(int wordsALine) {
    if (draw.oneIn(6)) {
      json.nothing("body");
    } else {
      phrases.writeLines(json.openText("body"), wordsALine);
      json.closeText();
    }
  }

  JsonOut sha(String name) {
    shaDigits(json.openText(name));
    return json.closeText();
  }

  private void shaDigits(TextOut out) {
    out.hex(draw.bits(), 16).hex(draw.bits(), 16).hex(draw.bits(), 8);
  }

  /**
   * A commit's sha and the address that repeats it, with the fields between left to {@code
   * between}.
   */
  void shaAndUrl(int repository, Runnable between) {
    long high = draw.bits();
    long middle = draw.bits();
    long low = draw.bits();
    json.openText("sha").hex(high, 16).hex(middle, 16).hex(low, 8);
    json.closeText();
    between.run();
    repositoryUrl(json.openText("url"), repository)
        .ascii("/commits/")
        .hex(high, 16)
        .hex(middle, 16)
        .hex(low, 8);
    json.closeText();
  }
}
