#include "record/fields.h"

#include "base/mem.h"
#include "test.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct thing {
    uint64_t big;
    unsigned small;
    int sign;
    double real;
    bool flag;
    char *name, *note;
};

static const struct field fields[] = {
    FIELD(thing, big),  FIELD(thing, small), FIELD(thing, sign),         FIELD(thing, real),
    FIELD(thing, flag), FIELD(thing, name),  FIELD_OR_NULL(thing, note), FIELD_END,
};

static const struct field numbers[] = {FIELD(thing, big), FIELD(thing, real), FIELD_END};

#define WHOLE "{\"big\":1,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null}"

static json_t *parse(const char *text)
{
    json_t *json = json_loads(text, 0, NULL);
    if (json == NULL) {
        fail_msg("the test's own JSON is wrong: %s", text);
    }
    return json;
}

static void thing_release(struct thing *thing)
{
    free(thing->name);
    free(thing->note);
}

static int read_thing(struct thing *thing, const char *text, struct error *err)
{
    json_t *json = parse(text);
    int result = fields_read_object(json, fields, NULL, thing, err);
    json_decref(json);
    return result;
}

TEST(what_is_written_is_read_back)
{
    struct thing from = {.big = INT64_MAX, .small = UINT32_MAX, .sign = INT32_MIN, .real = 0.1, .flag = true};
    struct thing into = {0};
    struct error err = {0};
    json_t *json = json_object();

    from.name = mem_string("a \"name\"\nof two lines, \xc3\xa9");
    from.note = NULL;
    fields_write(fields, &from, json);
    assert_int_equal(fields_read_object(json, fields, NULL, &into, &err), 0);
    assert_int_equal(into.big, from.big);
    assert_int_equal(into.small, from.small);
    assert_int_equal(into.sign, from.sign);
    assert_true(into.real == from.real);
    assert_true(into.flag);
    assert_string_equal(into.name, from.name);
    assert_null(into.note);
    json_decref(json);
    thing_release(&from);
    thing_release(&into);
}

TEST(a_key_need_not_be_the_name_of_its_member)
{
    static const struct field renamed[] = {FIELD_KEY("large", thing, big), FIELD_END};
    struct thing from = {.big = 7}, into = {0};
    struct error err = {0};
    json_t *json = fields_json(renamed, &from);

    assert_int_equal(json_integer_value(json_object_get(json, "large")), 7);
    assert_int_equal(json_object_size(json), 1);
    assert_int_equal(fields_read_object(json, renamed, NULL, &into, &err), 0);
    assert_int_equal(into.big, 7);
    json_decref(json);
}

TEST(a_member_is_read_from_its_object_and_named_when_it_is_wrong)
{
    struct thing thing = {0};
    struct error err = {0};
    json_t *json = parse("{\"part\":{\"big\":1,\"real\":2},\"bad\":{\"big\":1,\"real\":null},\"none\":3}");

    assert_int_equal(fields_read_member(json, "part", numbers, &thing, &err), 0);
    assert_int_equal(thing.big, 1);
    assert_int_equal(fields_read_member(json, "bad", numbers, &thing, &err), -1);
    assert_string_equal(err.message, "\"bad\": \"real\" has the wrong type or range");
    err = (struct error){0};
    assert_int_equal(fields_read_member(json, "none", numbers, &thing, &err), -1);
    assert_string_equal(err.message, "\"none\" is missing or not an object");
    json_decref(json);
}

TEST(what_came_later_may_be_missing_but_not_wrong)
{
    static const struct field grown[] = {FIELD(thing, big), FIELD_LATER(thing, small), FIELD_END};
    struct thing thing = {.small = 7};
    struct error err = {0};
    void *rows;
    size_t count;
    json_t *json = parse("{\"big\":1}");

    assert_int_equal(fields_read_object(json, grown, NULL, &thing, &err), 0);
    assert_int_equal(thing.small, 7);
    json_decref(json);
    json = parse("{\"big\":1,\"small\":-1}");
    assert_int_equal(fields_read_object(json, grown, NULL, &thing, &err), -1);
    assert_non_null(strstr(err.message, "\"small\""));
    json_decref(json);
    json = parse("{\"big\":[1,2]}");
    assert_int_equal(fields_read_columns(grown, &rows, &count, sizeof(struct thing), json, &err), 0);
    assert_int_equal(count, 2);
    assert_int_equal(((struct thing *)rows)[1].big, 2);
    assert_int_equal(((struct thing *)rows)[1].small, 0);
    free(rows);
    json_decref(json);
    json = parse("{\"big\":[1,2],\"small\":[3]}");
    assert_int_equal(fields_read_columns(grown, &rows, &count, sizeof(struct thing), json, &err), -1);
    json_decref(json);
}

/* What few runs have does not make the others longer. */
TEST(a_rare_field_is_written_where_it_says_something)
{
    static const struct field rare[] = {FIELD_RARE(thing, big), FIELD_RARE(thing, flag), FIELD_RARE(thing, name),
                                        FIELD_END};
    struct thing nothing = {0}, full = {.big = 7, .flag = true, .name = (char *)"n"}, into = {0};
    struct error err = {0};
    json_t *empty = fields_json(rare, &nothing), *json = fields_json(rare, &full);

    assert_int_equal(json_object_size(empty), 0);
    assert_int_equal(fields_read_object(empty, rare, NULL, &into, &err), 0);
    assert_null(into.name);
    assert_int_equal(json_object_size(json), 3);
    assert_int_equal(fields_read_object(json, rare, NULL, &into, &err), 0);
    assert_int_equal(into.big, 7);
    assert_true(into.flag);
    assert_string_equal(into.name, "n");
    thing_release(&into);
    json_decref(empty);
    json_decref(json);
}

TEST(a_missing_or_wrong_member_is_refused_with_its_key)
{
    static const struct {
        const char *text, *key;
    } cases[] = {
        {"{\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null}", "\"big\""},
        {"{\"big\":1,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\"}", "\"note\""},
        {"{\"big\":-1,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null}", "\"big\""},
        {"{\"big\":1.0,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null}", "\"big\""},
        {"{\"big\":\"1\",\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null}", "\"big\""},
        {"{\"big\":1,\"small\":-1,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null}", "\"small\""},
        {"{\"big\":1,\"small\":4294967296,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null}",
         "\"small\""},
        {"{\"big\":1,\"small\":2,\"sign\":2147483648,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null}",
         "\"sign\""},
        {"{\"big\":1,\"small\":2,\"sign\":-3,\"real\":\"4.5\",\"flag\":true,\"name\":\"n\",\"note\":null}", "\"real\""},
        {"{\"big\":1,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":1,\"name\":\"n\",\"note\":null}", "\"flag\""},
        {"{\"big\":1,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":null,\"note\":null}", "\"name\""},
        {"{\"big\":1,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":7,\"note\":null}", "\"name\""},
        {"{\"big\":1,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":[]}", "\"note\""},
        {"{\"big\":1,\"small\":2,\"sign\":-3,\"real\":4.5,\"flag\":true,\"name\":\"n\",\"note\":null,\"nite\":1}",
         "\"nite\""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct thing thing = {0};
        struct error err = {0};
        assert_int_equal(read_thing(&thing, cases[i].text, &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        if (strstr(err.message, cases[i].key) == NULL) {
            fail_msg("%s is not named in \"%s\"", cases[i].key, err.message);
        }
        thing_release(&thing);
    }
}

TEST(a_whole_object_is_taken_and_an_integer_is_a_real_number_too)
{
    struct thing thing = {0};
    struct error err = {0};

    assert_int_equal(read_thing(&thing, WHOLE, &err), 0);
    thing_release(&thing);
    thing = (struct thing){0};
    assert_int_equal(
        read_thing(&thing, "{\"big\":1,\"small\":2,\"sign\":3,\"real\":4,\"flag\":false,\"name\":\"\",\"note\":\"x\"}",
                   &err),
        0);
    assert_true(thing.real == 4);
    assert_string_equal(thing.note, "x");
    thing_release(&thing);
}

TEST(members_that_the_caller_reads_are_known)
{
    static const char *const more[] = {"other", NULL};
    struct error err = {0};
    json_t *json = parse("{\"big\":1,\"real\":1.5,\"other\":[]}");

    assert_int_equal(fields_done(numbers, more, json, &err), 0);
    assert_int_equal(fields_done(numbers, NULL, json, &err), -1);
    assert_non_null(strstr(err.message, "\"other\""));
    json_decref(json);
}

/* The last output of a service can be anything, and must not make the rest of the record useless. */
TEST(bytes_that_are_no_text_become_marks)
{
    static const struct {
        const char *from, *into;
    } cases[] = {
        {"plain", "plain"},
        {"\xff", "\xef\xbf\xbd"},
        {"a\xc3", "a\xef\xbf\xbd"},                               /* cut in the middle */
        {"\xa9 b\xc3\xa9", "\xef\xbf\xbd b\xc3\xa9"},             /* cut in the middle, on the other side */
        {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* overlong */
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* half of a surrogate pair */
        {"\xf4\x90\x80\x80x", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx"}, /* above U+10FFFF */
        {"\xf0\x9f\x98\x80\xfe", "\xf0\x9f\x98\x80\xef\xbf\xbd"},
        {"\x01\x7f\xe2\x82", "\x01\x7f\xef\xbf\xbd\xef\xbf\xbd"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct thing thing = {.name = (char *)cases[i].from, .note = (char *)cases[i].from};
        json_t *json = json_object();
        fields_write(fields, &thing, json);
        assert_string_equal(json_string_value(json_object_get(json, "name")), cases[i].into);
        assert_string_equal(json_string_value(json_object_get(json, "note")), cases[i].into);
        json_decref(json);
    }
}

TEST(a_value_that_json_cannot_hold_does_not_lose_the_record)
{
    struct thing from = {.big = UINT64_MAX, .real = NAN, .name = NULL}, into = {0};
    struct error err = {0};
    json_t *json = json_object();

    fields_write(fields, &from, json);
    assert_int_equal(fields_read_object(json, fields, NULL, &into, &err), 0);
    assert_int_equal(into.big, INT64_MAX);
    assert_true(into.real == 0);
    assert_string_equal(into.name, "");
    json_decref(json);
    thing_release(&into);
}

TEST(rows_come_back_from_their_columns)
{
    struct thing rows[3] = {{.big = 1, .real = 1.5}, {.big = 2, .real = -2.5}, {.big = 3, .real = INFINITY}};
    void *read = NULL;
    size_t count = 0;
    struct error err = {0};

    for (size_t n = 0; n <= 3; n++) {
        json_t *json = json_object();
        fields_write_columns(numbers, rows, n, sizeof rows[0], json);
        assert_int_equal(json_array_size(json_object_get(json, "big")), n);
        assert_int_equal(fields_read_columns(numbers, &read, &count, sizeof rows[0], json, &err), 0);
        assert_int_equal(count, n);
        for (size_t i = 0; i < n; i++) {
            const struct thing *thing = (const struct thing *)read + i;
            assert_int_equal(thing->big, rows[i].big);
            assert_true(thing->real == (i == 2 ? 0 : rows[i].real));
        }
        free(read);
        json_decref(json);
    }
}

TEST(columns_that_do_not_fit_are_refused_with_their_key)
{
    static const struct {
        const char *text, *key;
    } cases[] = {
        {"{\"big\":[1,2],\"real\":[1.5]}", "\"real\""},
        {"{\"big\":[1],\"real\":[1.5,2]}", "\"real\""},
        {"{\"big\":[1]}", "\"real\""},
        {"{\"real\":[1.5]}", "\"big\""},
        {"{\"big\":7,\"real\":[]}", "\"big\""},
        {"{\"big\":[1,\"2\"],\"real\":[1,2]}", "\"big\"[1]"},
        {"{\"big\":[1],\"real\":[1],\"x\":[1]}", "\"x\""},
        {"[]", "\"big\""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        void *rows = &state;
        size_t count = 99;
        struct error err = {0};
        json_t *json = parse(cases[i].text);
        assert_int_equal(fields_read_columns(numbers, &rows, &count, sizeof(struct thing), json, &err), -1);
        assert_ptr_equal(rows, &state);
        assert_int_equal(count, 99);
        assert_non_null(strstr(err.message, cases[i].key));
        json_decref(json);
    }
}

struct guess {
    double share;
};

static const struct field guesses[] = {FIELD_OR_NULL(guess, share), FIELD_END};

TEST(what_is_not_known_is_null_and_what_is_known_is_not_below_0)
{
    static const struct {
        const char *text;
        int result;
        double share;
    } cases[] = {{"{\"share\":null}", 0, NAN},  {"{\"share\":0}", 0, 0},        {"{\"share\":2.5}", 0, 2.5},
                 {"{\"share\":-0.1}", -1, NAN}, {"{\"share\":\"1\"}", -1, NAN}, {"{}", -1, NAN}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct guess guess = {.share = 7};
        struct error err = {0};
        json_t *json = parse(cases[i].text), *written = NULL;
        assert_int_equal(fields_read_object(json, guesses, NULL, &guess, &err), cases[i].result);
        if (cases[i].result == 0) {
            assert_true(isnan(cases[i].share) ? isnan(guess.share) : guess.share == cases[i].share);
            written = fields_json(guesses, &guess);
            assert_true(json_is_null(json_object_get(written, "share")) == isnan(guess.share));
        } else {
            assert_non_null(strstr(err.message, "\"share\""));
        }
        json_decref(json);
        json_decref(written);
    }
}
