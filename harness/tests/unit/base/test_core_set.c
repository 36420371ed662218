#include "base/core_set.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static void check_round(const char *text, unsigned count, const char *canonical)
{
    struct core_set set;
    struct error err = {0};

    assert_int_equal(core_set_read(&set, text, &err), 0);
    assert_int_equal(core_set_count(&set), count);
    char *written = core_set_text(&set);
    assert_string_equal(written, canonical);
    free(written);
}

TEST(a_set_is_read_and_written_in_its_shortest_form)
{
    check_round("0", 1, "0");
    check_round("1-3,5", 4, "1-3,5");
    check_round("5,1,2,3", 4, "1-3,5");
    check_round("0-3,2-5", 6, "0-5");
    check_round("7,7,7", 1, "7");
    check_round("0,1", 2, "0-1");
    check_round("63,64,127-128", 4, "63-64,127-128");
    check_round("8191", 1, "8191");
    check_round("0-8191", 8192, "0-8191");
    check_round("007", 1, "7");
}

TEST(what_is_not_a_set_is_refused_and_touches_nothing)
{
    static const char *const bad[] = {"",       " ",     "a",     "-1",   "1-",
                                      "3-1",    "1,",    ",1",    "1,,2", "1 ",
                                      " 1",     "1-2-3", "+1",    "0x1",  "8192",
                                      "0-8192", "1;2",   "1-3:2", "1\n2", "999999999999999999999",
                                      "1--2",   NULL};

    for (size_t i = 0; bad[i] != NULL; i++) {
        struct core_set set = {{42}};
        struct error err = {0};
        assert_int_equal(core_set_read(&set, bad[i], &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_int_equal(set.words[0], 42);
    }
}

TEST(the_empty_set_has_an_empty_text)
{
    struct core_set set = {{0}};
    char *text = core_set_text(&set);

    assert_string_equal(text, "");
    assert_int_equal(core_set_count(&set), 0);
    assert_int_equal(core_set_next(&set, 0), CORE_SET_MOST);
    free(text);
}

TEST(sets_are_joined_intersected_and_subtracted)
{
    struct core_set a, b, result;

    assert_int_equal(core_set_read(&a, "0-3", NULL), 0);
    assert_int_equal(core_set_read(&b, "2-5,100", NULL), 0);
    result = a;
    core_set_keep(&result, &b);
    assert_int_equal(core_set_count(&result), 2);
    assert_int_equal(core_set_next(&result, 0), 2);
    result = a;
    core_set_join(&result, &b);
    assert_int_equal(core_set_count(&result), 7);
    result = a;
    core_set_remove(&result, &b);
    assert_int_equal(core_set_count(&result), 2);
    assert_false(core_set_has(&result, 2));
}

TEST(a_core_beyond_the_last_is_never_in_a_set)
{
    struct core_set set = {{0}};

    core_set_add(&set, CORE_SET_MOST);
    core_set_add(&set, UINT32_MAX);
    assert_int_equal(core_set_count(&set), 0);
    assert_false(core_set_has(&set, CORE_SET_MOST));
    assert_int_equal(core_set_next(&set, CORE_SET_MOST + 7), CORE_SET_MOST);
}
