#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_text_grows_and_stays_terminated(void **state)
{
    (void)state;
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

static void bytes_may_hold_nul(void **state)
{
    (void)state;
    struct text text = {0};

    text_append(&text, "a\0b", 3);
    text_append(&text, "", 0);
    assert_int_equal(text.length, 3);
    assert_memory_equal(text.data, "a\0b\0", 4);
    text_release(&text);
}

static void a_cleared_text_is_empty(void **state)
{
    (void)state;
    struct text text = {0};

    text_clear(&text);
    text_add(&text, "old");
    text_clear(&text);
    assert_string_equal(text.data, "");
    text_add(&text, "new");
    assert_string_equal(text.data, "new");
    text_release(&text);
}

static void taking_leaves_an_empty_text_and_never_gives_null(void **state)
{
    (void)state;
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

static void the_nearest_word_is_the_one_with_the_fewest_edits(void **state)
{
    (void)state;
    const char *const words[] = {"settle", "measure", "seed", NULL};

    assert_string_equal(text_nearest("setle", words), "settle");
    assert_string_equal(text_nearest("mesure", words), "measure");
    assert_string_equal(text_nearest("sed", words), "seed");
}

static void a_word_far_from_all_has_no_nearest(void **state)
{
    (void)state;
    const char *const words[] = {"settle", "measure", NULL};
    const char *const none[] = {NULL};
    char longest[500];

    memset(longest, 'm', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_null(text_nearest("colour", words));
    assert_null(text_nearest("", words));
    assert_null(text_nearest("settle", none));
    assert_null(text_nearest(longest, words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows_and_stays_terminated),
        cmocka_unit_test(bytes_may_hold_nul),
        cmocka_unit_test(a_cleared_text_is_empty),
        cmocka_unit_test(taking_leaves_an_empty_text_and_never_gives_null),
        cmocka_unit_test(the_nearest_word_is_the_one_with_the_fewest_edits),
        cmocka_unit_test(a_word_far_from_all_has_no_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
