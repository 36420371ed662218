#include "import/format/shell_words.h"

#include "base/text.h"
#include "test.h"

#include <string.h>

/* Words in brackets, commands with their line in front. */
static void assert_words(const char *text, const char *expected)
{
    struct shell_words words;
    struct text shown = {0};

    assert_int_equal(shell_words_read(&words, text), 0);
    for (size_t i = 0; i < words.count; i++) {
        text_format(&shown, "%u:", words.commands[i].line);
        for (char **word = words.commands[i].words; *word != NULL; word++) {
            text_format(&shown, "[%s]", *word);
        }
    }
    assert_string_equal(shown.length > 0 ? shown.data : "", expected);
    text_release(&shown);
    shell_words_release(&words);
}

TEST(words_are_cut_as_a_shell_cuts_them)
{
    assert_words("", "");
    assert_words(" \n;;& | \n", "");
    assert_words("a b\tc", "1:[a][b][c]");
    assert_words("a 'b  c'\"d $x\"e", "1:[a][b  cd $xe]");
    assert_words("a '' \"\" $''", "1:[a][][][]");
    assert_words("a \\\n b\\\r\n c\nd", "1:[a][b][c]4:[d]");
    assert_words("a; b&c|d", "1:[a]1:[b]1:[c]1:[d]");
    assert_words("# all of this\na b#c # d\n", "2:[a][b#c]");
    assert_words("a \\'b\\ c", "1:[a]['b c]");
    assert_words("\"a\\\"b\\$c\\d\\\n e\"", "1:[a\"b$c\\d e]");
    assert_words("$a", "1:[$a]");
}

TEST(ansi_quotes_have_their_escapes)
{
    assert_words("$'a\\'b\\n\\t\\\\\\\"'", "1:[a'b\n\t\\\"]");
    assert_words("$'\\x41\\101\\u00e9\\u20ac\\U0001F600'", "1:[AA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80]");
    assert_words("$'\\ud83d\\ude00'", "1:[\xf0\x9f\x98\x80]");
    assert_words("$'\\q\\u\\x'", "1:[\\q\\u\\x]");
}

TEST(a_quote_that_does_not_end_is_named_by_its_line)
{
    struct shell_words words;

    assert_int_equal(shell_words_read(&words, "a\nb 'c\nd"), 2);
    assert_int_equal(shell_words_read(&words, "\"\\"), 1);
    assert_int_equal(shell_words_read(&words, "\n\n$'\\'"), 3);
}
