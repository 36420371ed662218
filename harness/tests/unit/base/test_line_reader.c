#include "base/lines/line_reader.h"

#include "base/lines/gzip_member.h"
#include "base/random.h"
#include "base/text.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int make_file(void **state)
{
    char *path = strdup("/tmp/twofold-lines-XXXXXX");
    int fd = mkstemp(path);
    *state = path;
    return fd >= 0 ? close(fd) : -1;
}

static int remove_file(void **state)
{
    unlink(*state);
    free(*state);
    return 0;
}

static struct line_reader *open_with(const char *path, const void *bytes, size_t length)
{
    struct line_reader *reader;
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
    assert_int_equal(line_reader_open(&reader, path, NULL), 0);
    return reader;
}

static void check_next(struct line_reader *reader, const char *text, size_t length, bool ended)
{
    struct file_line line;

    assert_int_equal(line_reader_next(reader, &line, NULL), 0);
    assert_non_null(line.text);
    assert_int_equal(line.length, length);
    assert_memory_equal(line.text, text, length);
    assert_int_equal(line.ended, ended);
}

static void check_end(struct line_reader *reader)
{
    struct file_line line;

    assert_int_equal(line_reader_next(reader, &line, NULL), 0);
    assert_null(line.text);
}

TEST_WITH(lines_come_one_by_one_and_the_rest_as_not_ended, make_file, remove_file)
{
    static const char bytes[] = "one\n\nwith\0nul\nrest";
    struct line_reader *reader = open_with(*state, bytes, sizeof bytes - 1);

    check_next(reader, "one", 3, true);
    check_next(reader, "", 0, true);
    check_next(reader, "with\0nul", 8, true);
    check_next(reader, "rest", 4, false);
    check_end(reader);
    check_end(reader);
    line_reader_close(reader);
}

TEST_WITH(a_file_that_ends_with_a_line_end_has_no_rest, make_file, remove_file)
{
    struct line_reader *reader = open_with(*state, "a\n", 2);

    check_next(reader, "a", 1, true);
    check_end(reader);
    line_reader_close(reader);
    reader = open_with(*state, "", 0);
    check_end(reader);
    line_reader_close(reader);
}

/* Lengths around those of blocks too. */
TEST_WITH(lines_of_any_length_come_whole, make_file, remove_file)
{
    static const size_t lengths[] = {0, 65535, 65536, 65537, 1, 131071, 131072, 500000, 3, 0, 262143};
    struct text bytes = {0};
    struct random random;

    random_init(&random, 1, 1);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (size_t k = 0; k < lengths[i]; k++) {
            char byte = (char)('a' + random_below(&random, 26));
            text_append(&bytes, &byte, 1);
        }
        text_add(&bytes, "\n");
    }
    struct line_reader *reader = open_with(*state, bytes.data, bytes.length);
    const char *at = bytes.data;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        check_next(reader, at, lengths[i], true);
        at += lengths[i] + 1;
    }
    check_end(reader);
    line_reader_close(reader);
    text_release(&bytes);
}

/* Members of a line each, as they are written; the second is damaged, and none of it is given away. */
TEST_WITH(gzip_is_read_as_what_it_unpacks_to, make_file, remove_file)
{
    struct text packed = {0};

    gzip_member_add(&packed, "one\n", 4);
    gzip_member_add(&packed, "two\nthree", 9);
    gzip_member_add(&packed, " and more\nrest", 14);
    struct line_reader *reader = open_with(*state, packed.data, packed.length);
    check_next(reader, "one", 3, true);
    check_next(reader, "two", 3, true);
    check_next(reader, "three and more", 14, true);
    check_next(reader, "rest", 4, false);
    check_end(reader);
    check_end(reader);
    assert_false(line_reader_damaged(reader));
    line_reader_close(reader);
    text_release(&packed);
}

static void check_damage(struct line_reader *reader, const char *before, const char *after)
{
    struct file_line line;
    struct error err = {0};

    check_next(reader, before, strlen(before), true);
    assert_int_equal(line_reader_next(reader, &line, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "its gzip is damaged"));
    assert_true(line_reader_damaged(reader));
    line_reader_skip(reader);
    if (after != NULL) {
        check_next(reader, after, strlen(after), true);
    }
    check_end(reader);
    line_reader_close(reader);
}

TEST_WITH(damaged_gzip_costs_the_lines_of_its_member, make_file, remove_file)
{
    struct text packed = {0}, long_line = {0};

    for (size_t i = 0; i < 131071; i++) { /* with its end as much as is read at a time: the checksum comes later */
        text_add(&long_line, "x");
    }
    text_add(&long_line, "\n");
    gzip_member_add(&packed, "one\n", 4);
    gzip_member_add(&packed, long_line.data, long_line.length);
    packed.data[packed.length - 6] ^= 1; /* of the checksum */
    check_damage(open_with(*state, packed.data, packed.length), "one", NULL);
    gzip_member_add(&packed, "three\n", 6);
    check_damage(open_with(*state, packed.data, packed.length), "one", "three");
    text_release(&long_line);
    text_release(&packed);
}

TEST(what_is_no_file_of_lines_is_refused)
{
    struct line_reader *reader;
    struct file_line line;
    struct error err = {0};

    assert_int_equal(line_reader_open(&reader, "/nonexistent/file", &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "/nonexistent/file: cannot be opened"));

    err = (struct error){0};
    assert_int_equal(line_reader_open(&reader, "/tmp", &err), 0);
    assert_int_equal(line_reader_next(reader, &line, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "/tmp: cannot be read"));
    line_reader_close(reader);

    err = (struct error){0};
    assert_int_equal(line_reader_open(&reader, "/dev/zero", &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "/dev/zero: is a device"));
    line_reader_close(NULL);
}

TEST_WITH(text_of_another_encoding_is_refused, make_file, remove_file)
{
    struct line_reader *reader = open_with(*state, "\xff\xfe{\0}\0\n\0", 8);
    struct file_line line;
    struct error err = {0};

    assert_int_equal(line_reader_next(reader, &line, &err), -1);
    assert_non_null(strstr(err.message, "UTF-16"));
    line_reader_close(reader);
}
