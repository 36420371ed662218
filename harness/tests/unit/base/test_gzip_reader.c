#include "base/packed/gzip_reader.h"

#include "base/lines/gzip_member.h"
#include "base/random.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* Bytes that are handed out a few at a time, as a pipe may. */
struct dribble {
    const char *bytes;
    size_t left, most;
};

static size_t read_dribble(void *from, void *into, size_t room)
{
    struct dribble *dribble = from;
    size_t count = dribble->left < dribble->most ? dribble->left : dribble->most;

    count = count < room ? count : room;
    if (count > 0) {
        memcpy(into, dribble->bytes, count);
        dribble->bytes += count;
    }
    dribble->left -= count;
    return count;
}

/* Unpacks with that much room at a time. */
static enum gzip_state unpack(const struct text *packed, size_t most, size_t room, struct text *ret_text)
{
    struct dribble dribble = {packed->data, packed->length, most};
    struct gzip_reader *reader = gzip_reader_new(read_dribble, &dribble);
    char block[512];

    while (gzip_reader_state(reader) == GZIP_GOES_ON) {
        text_append(ret_text, block, gzip_reader_read(reader, block, room));
    }
    enum gzip_state state = gzip_reader_state(reader);
    gzip_reader_free(reader);
    return state;
}

static void check(const struct text *packed, enum gzip_state wanted, const char *expected, size_t length)
{
    static const size_t sizes[] = {1, 2, 3, 7, 100, 512};

    for (size_t i = 0; i < 6; i++) {
        for (size_t k = 0; k < 6; k++) {
            struct text text = {0};
            assert_int_equal(unpack(packed, sizes[i], sizes[k], &text), wanted);
            assert_int_equal(text.length, length);
            assert_memory_equal(text.data != NULL ? text.data : "", expected, length);
            text_release(&text);
        }
    }
}

TEST(members_that_follow_one_another_are_one_text)
{
    struct text packed = {0};

    check(&packed, GZIP_WHOLE, "", 0);
    gzip_member_add(&packed, "one\n", 4);
    check(&packed, GZIP_WHOLE, "one\n", 4);
    gzip_member_add(&packed, "", 0);
    gzip_member_add(&packed, "two", 3);
    gzip_member_add(&packed, "\n", 1);
    check(&packed, GZIP_WHOLE, "one\ntwo\n", 8);
    text_release(&packed);
}

TEST(what_is_cut_short_gives_what_there_is)
{
    struct text packed = {0};

    gzip_member_add(&packed, "one\n", 4);
    size_t whole = packed.length;
    gzip_member_add(&packed, "two\n", 4);
    size_t both = packed.length;
    for (size_t length = 1; length < both; length++) {
        struct text cut = {.data = packed.data, .length = length}, text = {0};
        enum gzip_state end = unpack(&cut, 5, 64, &text);
        assert_int_equal(end, length == whole ? GZIP_WHOLE : GZIP_CUT);
        assert_true(length >= whole ? text.length >= 4 : text.length <= 4);
        text_release(&text);
    }
    text_release(&packed);
}

/* A flipped bit anywhere: the text is as it was, or damage is seen; and the member behind it is found again. */
TEST(damage_is_seen_and_the_next_member_is_found)
{
    const char *lines[] = {"the first line\n", "the second line, which is damaged\n", "the third line\n"};
    struct text packed = {0};
    size_t ends[3];

    for (size_t i = 0; i < 3; i++) {
        gzip_member_add(&packed, lines[i], strlen(lines[i]));
        ends[i] = packed.length;
    }
    for (size_t at = ends[0]; at < ends[1]; at++) {
        struct text changed = {0};
        text_append(&changed, packed.data, packed.length);
        changed.data[at] ^= 0x10;
        struct dribble dribble = {changed.data, changed.length, 9};
        struct gzip_reader *reader = gzip_reader_new(read_dribble, &dribble);
        struct text text = {0};
        char block[64];
        unsigned damaged = 0;
        do {
            text_append(&text, block, gzip_reader_read(reader, block, sizeof block));
            damaged += gzip_reader_state(reader) == GZIP_DAMAGED;
        } while (gzip_reader_state(reader) == GZIP_GOES_ON || gzip_reader_skip(reader));
        assert_int_equal(strncmp(text.data, lines[0], strlen(lines[0])), 0);
        if (damaged == 0) { /* what the bit says, such as the system it was made on, is not looked at */
            assert_int_equal(text.length, strlen(lines[0]) + strlen(lines[1]) + strlen(lines[2]));
        }
        gzip_reader_free(reader);
        text_release(&text);
        text_release(&changed);
    }
    text_release(&packed);
}

TEST(what_is_behind_the_last_member_is_damage)
{
    struct text packed = {0};
    char zeros[40] = {0};

    gzip_member_add(&packed, "one\n", 4);
    text_append(&packed, zeros, sizeof zeros);
    struct text text = {0};
    assert_int_equal(gzip_reader_unpack(packed.data, packed.length, &text), GZIP_DAMAGED);
    assert_string_equal(text.data, "one\n");
    text_release(&text);
    text_release(&packed);
}

/* A member of a megabyte of line ends, many times over: a thousand times its bytes. */
TEST(a_file_that_unpacks_to_far_more_than_any_log_is_refused)
{
    struct text bytes = {0}, packed = {0};
    size_t given = 0;

    for (size_t i = 0; i < 1 << 20; i++) {
        text_append(&bytes, "\n", 1);
    }
    gzip_member_add(&packed, bytes.data, bytes.length);
    assert_true(bytes.length > GZIP_READER_RATIO_MOST * packed.length);
    struct text many = {0};
    for (size_t i = 0; i < 100; i++) {
        text_append(&many, packed.data, packed.length);
    }
    struct dribble dribble = {many.data, many.length, 1 << 16};
    struct gzip_reader *reader = gzip_reader_new(read_dribble, &dribble);
    while (gzip_reader_state(reader) == GZIP_GOES_ON) {
        given += gzip_reader_read(reader, bytes.data, bytes.length);
    }
    assert_int_equal(gzip_reader_state(reader), GZIP_TOO_LONG);
    assert_true(given <= GZIP_READER_TRAP_FROM);
    gzip_reader_free(reader);
    text_release(&many);
    text_release(&packed);
    text_release(&bytes);
}

TEST(bytes_of_every_kind_come_back)
{
    struct text bytes = {0}, packed = {0}, back = {0};
    struct random random;

    random_init(&random, 7, 7);
    for (size_t i = 0; i < 300000; i++) {
        char byte = (char)random_below(&random, i % 3 == 0 ? 256 : 4);
        text_append(&bytes, &byte, 1);
    }
    gzip_member_add(&packed, bytes.data, bytes.length);
    assert_true(packed.length < bytes.length);
    assert_int_equal(gzip_reader_unpack(packed.data, packed.length, &back), GZIP_WHOLE);
    assert_int_equal(back.length, bytes.length);
    assert_memory_equal(back.data, bytes.data, bytes.length);
    text_release(&bytes);
    text_release(&packed);
    text_release(&back);
}
