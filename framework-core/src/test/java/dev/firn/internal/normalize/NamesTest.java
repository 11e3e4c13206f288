package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.source.NamingRules.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private static final Names SNAKE = new Names(Style.SNAKE_CASE, 255);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          event-.!:*<>value,      event_x_value
          1event_n',              _1event_nx
          123BaNaNa,              _123_ba_na_na
          BANANA,                 banana
          BAN_ANA,                ban_ana
          BANaNA,                 ba_na_na
          " Small Love Potion ",  small_love_potion
          BANANA_,                bananax
          BANANA____,             bananaxxxx
          +-!$*@#=|:,             x_xa_lx
          +1,                     x1
          -1,                     _1
          event__value_value2____, event_value_value2xxxx
          dateString,             date_string
          HTTPServer,             http_server
          _id,                    _id
          __meta,                 _meta
          "",                     _empty
          "  ",                   _empty
          größe,                  gr_e
          """)
  void keysBecomeSnakeCase(String key, String name) {
    assertThat(SNAKE.key(key)).isEqualTo(name);
  }

  @Test
  void onlyUnderscoresBecomeAsManyX() {
    assertThat(SNAKE.key("___")).isEqualTo("xxx");
  }

  @ParameterizedTest
  @CsvSource({
    "Small__Love__Potion, small__love__potion",
    "Small___Love____Potion_____x, small___love__potion___x"
  })
  void writtenPathsKeepTheirParts(String path, String name) {
    assertThat(SNAKE.written(path)).isEqualTo(name);
  }

  @Test
  void blankKeysHaveANameAtEveryDepth() {
    assertThat(SNAKE.column(List.of("b", ""))).isEqualTo("b___empty");
  }

  @Test
  void directKeepsTheSpellingOfKeys() {
    Names direct = new Names(Style.DIRECT, 255);

    assertThat(direct.column(List.of("Repo", "full-Name"))).isEqualTo("Repo__full-Name");
  }

  @Test
  void unicodeKeepsLettersOfEveryScript() {
    Names unicode = new Names(Style.UNICODE, 255);

    assertThat(unicode.key("größteZahl")).isEqualTo("größte_zahl");
    assertThat(unicode.key("имяПользователя!")).isEqualTo("имя_пользователяx");
  }

  @ParameterizedTest
  @CsvSource({
    "_firn_id, _firn_idx",
    "_firn_load_id, _firn_load_idx",
    "_firn_list_id, _firn_list_idxx",
    "_firn_list_idx, _firn_list_idxx",
    "_file, _filex",
    "_pos, _posx",
    "_row_id, _row_idx",
    "_files, _files"
  })
  void namesOfSystemColumnsAreAvoided(String key, String name) {
    assertThat(SNAKE.column(List.of(key))).isEqualTo(name);
    assertThat(SNAKE.column(name)).isEqualTo(name);
  }

  @Test
  void aPathMayMeetASystemColumnTooAndEvades() {
    assertThat(SNAKE.column(List.of("_firn", "id"))).isEqualTo("_firn__idx");
  }

  @Test
  void longNamesLoseTheirTailToAStableHash() {
    Names narrow = new Names(Style.SNAKE_CASE, 30);

    String first = narrow.column("a_name_that_is_much_too_long_for_this_catalog_1");
    String second = narrow.column("a_name_that_is_much_too_long_for_this_catalog_2");

    assertThat(first).isEqualTo("a_name_that_is_much_0mbraa4nuj").hasSizeLessThanOrEqualTo(30);
    assertThat(second).isNotEqualTo(first).startsWith("a_name_that_is_much_");
    assertThat(narrow.column(first)).isEqualTo(first);
  }

  @Test
  void pathsThatMeetAreToldApartByTheirHash() {
    assertThat(SNAKE.distinct("user_id", "userId"))
        .startsWith("user_id_")
        .isNotEqualTo(SNAKE.distinct("user_id", "user-id"));
  }
}
