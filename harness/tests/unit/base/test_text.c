#include "base/text.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

TEST(a_text_grows_and_stays_terminated)
{
    struct text text = {0};

    for (int i = 0; i < 1000; i++) {
        text_add(&text, "ab");
        assert_int_equal(text.data[text.length], '\0');
    }
    assert_int_equal(text.length, 2000);
    text_format(&text, "%d%s", 42, "!");
    assert_string_equal(text.data + 2000, "42!");
    text_release(&text);
    assert_null(text.data);
}

TEST(bytes_may_hold_nul)
{
    struct text text = {0};

    text_append(&text, "a\0b", 3);
    text_append(&text, "", 0);
    assert_int_equal(text.length, 3);
    assert_memory_equal(text.data, "a\0b\0", 4);
    text_release(&text);
}

TEST(a_cleared_text_is_empty)
{
    struct text text = {0};

    text_clear(&text);
    text_add(&text, "old");
    text_clear(&text);
    assert_string_equal(text.data, "");
    text_add(&text, "new");
    assert_string_equal(text.data, "new");
    text_release(&text);
}

TEST(taking_leaves_an_empty_text_and_never_gives_null)
{
    struct text text = {0};
    char *nothing = text_take(&text);
    text_add(&text, "x");
    char *string = text_take(&text);

    assert_string_equal(nothing, "");
    assert_string_equal(string, "x");
    assert_null(text.data);
    assert_int_equal(text.length, 0);
    free(nothing);
    free(string);
}

TEST(the_nearest_word_is_the_one_with_the_fewest_edits)
{
    const char *const words[] = {"warmup", "measure", "seed", NULL};

    assert_string_equal(text_nearest("warmp", words), "warmup");
    assert_string_equal(text_nearest("mesure", words), "measure");
    assert_string_equal(text_nearest("sed", words), "seed");
}

TEST(a_word_far_from_all_has_no_nearest)
{
    const char *const words[] = {"warmup", "measure", NULL};
    const char *const none[] = {NULL};
    char longest[500];

    memset(longest, 'm', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_null(text_nearest("colour", words));
    assert_null(text_nearest("", words));
    assert_null(text_nearest("warmup", none));
    assert_null(text_nearest(longest, words));
}
