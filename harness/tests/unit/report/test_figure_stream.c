#include "report/data/figure_stream.h"

#include "base/random.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* A value of any kind, nested up to so deep. Strings have what must be escaped. */
static json_t *some_value(struct random *random, unsigned depth)
{
    static const char *const strings[] = {"", "plain", "a\nb\t\"c\"\\", "/é€"};
    unsigned kind = (unsigned)random_below(random, depth > 0 ? 7 : 5);
    json_t *value = NULL;

    switch (kind) {
    case 0:
        return json_integer((json_int_t)random_next(random));
    case 1:
        return json_real(random_unit(random));
    case 2:
        return json_string(strings[random_below(random, 4)]);
    case 3:
        return json_null();
    case 4:
        return json_true();
    case 5:
        value = json_array();
        for (uint64_t i = random_below(random, 4); i > 0; i--) {
            json_array_append_new(value, some_value(random, depth - 1));
        }
        return value;
    default:
        value = json_object();
        for (uint64_t i = random_below(random, 4); i > 0; i--) {
            char key[] = {(char)('a' + i), '\0'};
            json_object_set_new(value, key, some_value(random, depth - 1));
        }
        return value;
    }
}

/* Streams the value: what is nested down to `depth` begun and ended, what is deeper put whole. */
static void stream_value(struct figure_stream *stream, const char *key, json_t *value, unsigned depth)
{
    const char *inner;
    json_t *member;
    size_t index;

    if (depth == 0 || !(json_is_object(value) || json_is_array(value))) {
        figure_stream_put(stream, key, json_incref(value));
        return;
    }
    if (json_is_array(value)) {
        figure_stream_array(stream, key);
        json_array_foreach(value, index, member)
        {
            stream_value(stream, NULL, member, depth - 1);
        }
    } else {
        figure_stream_object(stream, key);
        json_object_foreach(value, inner, member)
        {
            stream_value(stream, inner, member, depth - 1);
        }
    }
    figure_stream_end(stream);
}

static void check_same(json_t *top, bool indented, unsigned depth)
{
    struct text whole = {0}, streamed = {0};
    struct figure_stream stream = {.indented = indented, .take = figure_stream_to_text, .into = &streamed};

    if (indented) {
        figures_write(top, &whole);
    } else {
        figures_write_compact(top, &whole);
    }
    stream_value(&stream, NULL, top, depth);
    assert_string_equal(streamed.data, whole.data);
    text_release(&whole);
    text_release(&streamed);
}

TEST(a_document_in_parts_is_the_document_as_a_whole)
{
    struct random random;

    random_init(&random, 3, 1);
    for (int round = 0; round < 400; round++) {
        json_t *top = json_object();
        for (uint64_t i = random_below(&random, 5); i > 0; i--) {
            char key[] = {(char)('p' + i), '\0'};
            json_object_set_new(top, key, some_value(&random, 5));
        }
        for (unsigned depth = 1; depth <= 4; depth++) {
            check_same(top, true, depth);
            check_same(top, false, depth);
        }
        json_decref(top);
    }
}

TEST(members_and_figures_go_into_the_object_that_is_open)
{
    struct text out = {0};
    struct figure_stream stream = {.take = figure_stream_to_text, .into = &out};

    figure_stream_object(&stream, NULL);
    figure_stream_figures(&stream, (struct figure[]){{"a", json_integer(1)}, {"left_out", NULL}, {NULL, NULL}});
    figure_stream_members(&stream, json_pack("{s:i, s:[]}", "b", 2, "c"));
    figure_stream_array(&stream, "empty");
    figure_stream_end(&stream);
    figure_stream_end(&stream);
    assert_string_equal(out.data, "{\"a\":1,\"b\":2,\"c\":[],\"empty\":[]}");
    text_release(&out);
}
