#include "record/reading/folded_columns.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static json_t *parse(const char *text)
{
    json_t *json = json_loads(text, 0, NULL);

    assert_non_null(json);
    return json;
}

TEST(columns_of_whole_numbers_are_their_differences)
{
    json_t *columns = parse("{\"at\": [1000, 1100, 1205, 1300], \"gap\": [7, null, 5, 9223372036854775807],"
                            " \"share\": [0.5, 1], \"one\": [3]}");
    json_t *expected = parse("{\"+at\": [5, 200, 20, 21, 19], \"+gap\": [1, 7, null, -2, 9223372036854775802],"
                             " \"share\": [0.5, 1], \"one\": [3]}");
    json_t *before = json_deep_copy(columns), *back;

    folded_columns_fold(columns);
    assert_true(json_equal(columns, expected));
    assert_int_equal(folded_columns_unfold(columns, &back, NULL), 0);
    assert_true(json_equal(back, before));
    json_decref(back);
    json_decref(before);
    json_decref(columns);
    json_decref(expected);
}

TEST(what_is_not_folded_is_as_it_is)
{
    json_t *columns = parse("{\"at\": [1, 2]}"), *back;

    assert_int_equal(folded_columns_unfold(columns, &back, NULL), 0);
    assert_ptr_equal(back, columns);
    json_decref(back);
    json_decref(columns);
    assert_int_equal(folded_columns_unfold(NULL, &back, NULL), 0);
    assert_null(back);
}

static void check_refused(const char *text, const char *words)
{
    json_t *columns = parse(text), *back = NULL;
    struct error err = {0};

    assert_int_equal(folded_columns_unfold(columns, &back, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.message, words) == NULL) {
        fail_msg("%s", err.message);
    }
    json_decref(columns);
}

TEST(what_has_no_sum_is_refused_by_its_column)
{
    check_refused("{\"+at\": [1, 9223372036854775807, 1]}", "\"+at\"[2]");
    check_refused("{\"+at\": [2, 9223372036854775807]}", "\"+at\"[1]");
    check_refused("{\"+at\": [1, 1, \"2\"]}", "\"+at\"[2]");
    check_refused("{\"+at\": [1, 1, 0.5]}", "\"+at\"[2]");
    check_refused("{\"+at\": [1, 1, 2], \"at\": [1, 2]}", "\"at\" is there twice");
    check_refused("{\"at\": [1, 2], \"+at\": [1, 1, 2]}", "\"at\" is there twice");
    check_refused("{\"+at\": [0, 1, 2]}", "does not begin with a unit");
    check_refused("{\"+at\": [-1, 1, 2]}", "does not begin with a unit");
    check_refused("{\"+at\": []}", "does not begin with a unit");
    check_refused("{\"+at\": 7}", "does not begin with a unit");
}
