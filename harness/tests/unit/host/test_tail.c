#include "host/process/tail.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static char *written(const struct tail *tail)
{
    struct text text = {0};
    tail_write(tail, &text);
    return text_take(&text);
}

static void check_clean(const char *bytes, size_t length, const char *expected)
{
    struct tail tail = {0};

    tail_add(&tail, bytes, length);
    char *text = written(&tail);
    assert_string_equal(text, expected);
    free(text);
}

#define CHECK_CLEAN(literal, expected) check_clean(literal, sizeof(literal) - 1, expected)

TEST(a_short_output_is_kept_whole)
{
    struct tail tail = {0};
    char *nothing = written(&tail);

    assert_string_equal(nothing, "");
    free(nothing);
    tail_add(&tail, "one\n", 4);
    tail_add(&tail, "two\n", 4);
    char *text = written(&tail);
    assert_string_equal(text, "one\ntwo\n");
    assert_int_equal(tail.total, 8);
    free(text);
}

/* Pieces of all sizes; after each the kept part must be what a plain cut of the whole gives. */
TEST(the_last_bytes_of_an_endless_output_are_kept)
{
    enum { WHOLE = 5 * TAIL_BYTES };
    char *whole = malloc(WHOLE);
    struct tail tail = {0};
    size_t at = 0, piece = 1;

    for (size_t i = 0; i < WHOLE; i++) {
        whole[i] = (char)('a' + i % 23);
    }
    while (at + piece <= WHOLE) {
        tail_add(&tail, whole + at, piece);
        at += piece;
        piece = piece * 2 + 1;
        size_t kept = at < TAIL_BYTES ? at : TAIL_BYTES;
        char *text = written(&tail);
        assert_int_equal(strlen(text), kept);
        assert_memory_equal(text, whole + at - kept, kept);
        free(text);
    }
    assert_true(at > TAIL_BYTES);
    assert_int_equal(tail.total, at);
    free(whole);
}

TEST(one_piece_larger_than_the_tail_leaves_its_end)
{
    static const char last[] = {'e', 'n', 'd', '.', '\n'};
    char *piece = malloc(3 * TAIL_BYTES + 5);
    struct tail tail = {0};

    memset(piece, 'a', 3 * TAIL_BYTES + 5);
    memcpy(piece + 3 * TAIL_BYTES, last, sizeof last);
    tail_add(&tail, "before", 6);
    tail_add(&tail, piece, 3 * TAIL_BYTES + 5);
    char *text = written(&tail);
    assert_int_equal(strlen(text), TAIL_BYTES);
    assert_string_equal(text + TAIL_BYTES - 6, "aend.\n");
    free(text);
    free(piece);
}

TEST(what_cannot_be_printed_becomes_a_question_mark)
{
    CHECK_CLEAN("a\0b", "a?b");
    CHECK_CLEAN("\x01\x7f\t\n", "??\t\n");
    CHECK_CLEAN("\xff\xfe", "??");
    CHECK_CLEAN("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
    CHECK_CLEAN("\xc0\xaf", "??");           /* overlong */
    CHECK_CLEAN("\xed\xa0\x80", "???");      /* a surrogate */
    CHECK_CLEAN("\xf4\x90\x80\x80", "????"); /* beyond Unicode */
    CHECK_CLEAN("x\xe2\x82", "x??");         /* cut short */
    CHECK_CLEAN("\xe2(\xa1", "?(?");
}

TEST(colours_and_carriage_returns_are_left_out)
{
    CHECK_CLEAN("\x1b[1;31merror\x1b[0m\r\n", "error\n");
    CHECK_CLEAN("10%\r20%\r", "10%20%");
    CHECK_CLEAN("\x1b[", "?[");
    CHECK_CLEAN("\x1b[1;3", "?[1;3");
    CHECK_CLEAN("\x1bM", "?M");
    CHECK_CLEAN("a\xc2\x9b"
                "31mred",
                "ared");
    CHECK_CLEAN("\xc2\x9d"
                "0;title\xc2\x9c",
                "?0;title?");
    CHECK_CLEAN("\xe2\x80\xae"
                "txt.exe",
                "?txt.exe"); /* writing from right to left */
}

TEST(secrets_are_cut_out)
{
    setenv("TAIL_TEST_TOKEN", "of the shell", 1);
    CHECK_CLEAN("postgresql://u:secretpw@h/db is down", "postgresql://u:(cut)@h/db is down");
    CHECK_CLEAN("AWS_SECRET_ACCESS_KEY=abc\n", "AWS_SECRET_ACCESS_KEY=(cut)\n");
    CHECK_CLEAN("it is of the shell.", "it is (cut).");
    unsetenv("TAIL_TEST_TOKEN");
}

TEST(a_character_half_overwritten_is_left_out)
{
    struct tail tail = {0};

    tail_add(&tail, "\xf0\x9f\x98\x80", 4);
    for (int i = 0; i < TAIL_BYTES - 2; i++) {
        tail_add(&tail, "x", 1);
    }
    char *text = written(&tail);
    assert_int_equal(strlen(text), TAIL_BYTES - 2);
    assert_int_equal(text[0], 'x');
    free(text);
}
