#include "load/transport/chunked.h"

#include "base/mem.h"
#include "base/text.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* Read `data` in pieces of `size` bytes; the body goes to `out`, and how much was used to *ret_used. */
static enum chunked_state read_all(const char *data, size_t size, struct text *out, size_t *ret_used)
{
    struct chunked chunked = {0};
    enum chunked_state state = CHUNKED_MORE;
    size_t length = strlen(data), at = 0;

    text_append(out, "", 0);
    while (state == CHUNKED_MORE && at < length) {
        size_t count = length - at < size ? length - at : size;
        char *block = mem_copy(data + at, count);
        const char *from = block, *piece;
        while ((state = chunked_read(&chunked, &from, block + count, &piece)) == CHUNKED_PIECE) {
            text_append(out, piece, (size_t)(from - piece));
        }
        at += (size_t)(from - block);
        free(block);
    }
    *ret_used = at;
    assert_int_equal(chunked.why != NULL, state == CHUNKED_BROKEN);
    return state;
}

static void check(const char *data, enum chunked_state state, size_t used, const char *body)
{
    for (size_t size = 1; size <= strlen(data); size++) {
        struct text out = {0};
        size_t came;
        assert_int_equal(read_all(data, size, &out, &came), state);
        assert_int_equal(came, used);
        assert_string_equal(out.data, body);
        text_release(&out);
    }
}

TEST(a_body_is_put_together)
{
    check("3\r\nabc\r\n00A\r\n0123456789\r\n0\r\n\r\nHTTP", CHUNKED_DONE, 30, "abc0123456789");
    check("0\r\n\r\n", CHUNKED_DONE, 5, "");
    check("3\r\nabc\r\n", CHUNKED_MORE, 8, "abc");
}

TEST(extensions_and_trailers_are_skipped)
{
    check("1;a;b=c;d=\"e;f\"\r\nx\r\n0 ;z\r\nA: b\r\nC: d\r\n\r\n", CHUNKED_DONE, 40, "x");
}

TEST(the_byte_that_is_wrong_is_where_it_stops)
{
    check("\r\n", CHUNKED_BROKEN, 0, "");
    check("1g\r\n", CHUNKED_BROKEN, 1, "");
    check("1\nx", CHUNKED_BROKEN, 1, "");
    check("1\r\nxy\r\n", CHUNKED_BROKEN, 4, "x");
    check("1\r\nx\r0\r\n", CHUNKED_BROKEN, 5, "x");
    check("1;\x01\r\n", CHUNKED_BROKEN, 2, "");
    check("11111111111111111\r\n", CHUNKED_BROKEN, 16, "");
    check("0\r\nA\x7f", CHUNKED_BROKEN, 4, "");
}

TEST(lines_without_an_end_are_refused)
{
    static const char *const begins[] = {"1;", "0\r\nA: "};

    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        struct text data = {0}, out = {0};
        size_t used;
        text_add(&data, begins[i]);
        for (int j = 0; j < CHUNKED_LINE_MOST + 10; j++) {
            text_append(&data, "x", 1);
        }
        assert_int_equal(read_all(data.data, 1000, &out, &used), CHUNKED_BROKEN);
        text_release(&data);
        text_release(&out);
    }
}
