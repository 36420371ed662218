#include "base/core_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

static void a_set_is_read_and_written_in_its_shortest_form(void **state)
{
    (void)state;
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

static void what_is_not_a_set_is_refused_and_touches_nothing(void **state)
{
    (void)state;
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

static void the_empty_set_has_an_empty_text(void **state)
{
    (void)state;
    struct core_set set = {{0}};
    char *text = core_set_text(&set);

    assert_string_equal(text, "");
    assert_int_equal(core_set_count(&set), 0);
    assert_int_equal(core_set_next(&set, 0), CORE_SET_MOST);
    free(text);
}

static void sets_are_joined_intersected_and_subtracted(void **state)
{
    (void)state;
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

static void a_core_beyond_the_last_is_never_in_a_set(void **state)
{
    (void)state;
    struct core_set set = {{0}};

    core_set_add(&set, CORE_SET_MOST);
    core_set_add(&set, UINT32_MAX);
    assert_int_equal(core_set_count(&set), 0);
    assert_false(core_set_has(&set, CORE_SET_MOST));
    assert_int_equal(core_set_next(&set, CORE_SET_MOST + 7), CORE_SET_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_read_and_written_in_its_shortest_form),
        cmocka_unit_test(what_is_not_a_set_is_refused_and_touches_nothing),
        cmocka_unit_test(the_empty_set_has_an_empty_text),
        cmocka_unit_test(sets_are_joined_intersected_and_subtracted),
        cmocka_unit_test(a_core_beyond_the_last_is_never_in_a_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
