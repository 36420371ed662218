#include "base/lines/line_file.h"

#include "base/file.h"
#include "base/lines/gzip_member.h"
#include "base/mem.h"
#include "base/packed/gzip_reader.h"
#include "test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* A folder with a file that is yet to be made. */
struct fixture {
    char *folder, *path, *second;
    struct line_file_options options;
};

static int set_up(void **state)
{
    struct fixture *fixture = mem_new(1, sizeof *fixture);

    fixture->folder = mem_string("/tmp/twofold-lines-XXXXXX");
    if (mkdtemp(fixture->folder) == NULL) {
        return -1;
    }
    fixture->path = file_join(fixture->folder, "run.jsonl.gz");
    fixture->second = file_join(fixture->folder, "run-2.jsonl.gz");
    fixture->options = (struct line_file_options){.path = fixture->path};
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    unlink(fixture->path);
    unlink(fixture->second);
    rmdir(fixture->folder);
    free(fixture->path);
    free(fixture->second);
    free(fixture->folder);
    free(fixture);
    return 0;
}

static void add(struct line_file *file, const char *line)
{
    struct error err = {0};

    if (line_file_append(file, line, strlen(line), &err) != 0) {
        fail_msg("%s", err.message);
    }
}

/* Checks that the file is whole gzip, and what it holds. */
static void check(const char *path, const char *expected)
{
    struct text packed = {0}, text = {0};

    assert_int_equal(file_read(path, &packed, NULL), 0);
    assert_int_equal(gzip_reader_unpack(packed.data, packed.length, &text), GZIP_WHOLE);
    assert_string_equal(text.length > 0 ? text.data : "", expected);
    text_release(&packed);
    text_release(&text);
}

static struct line_file *new_file(const struct fixture *fixture)
{
    struct line_file *file;
    struct error err = {0};

    if (line_file_new(&file, &fixture->options, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return file;
}

TEST_WITH(a_file_whose_name_says_so_is_whole_gzip_after_each_line, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture);

    add(file, "{\"a\":1}\n");
    check(fixture->path, "{\"a\":1}\n");
    add(file, "{\"a\":2}\n");
    check(fixture->path, "{\"a\":1}\n{\"a\":2}\n");
    line_file_close(file);
}

TEST_WITH(a_name_that_is_taken_gets_its_number_before_the_ending, set_up, tear_down)
{
    struct fixture *fixture = *state;

    fixture->options.numbered = true;
    struct line_file *first = new_file(fixture), *second = new_file(fixture);
    add(first, "{\"a\":1}\n");
    add(second, "{\"a\":2}\n");
    assert_string_equal(line_file_path(second), fixture->second);
    check(fixture->second, "{\"a\":2}\n");
    line_file_close(first);
    line_file_close(second);
}

TEST_WITH(a_removed_file_is_written_anew_as_gzip, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture);

    add(file, "{\"a\":1}\n");
    assert_int_equal(unlink(fixture->path), 0);
    add(file, "{\"a\":2}\n");
    check(fixture->path, "{\"a\":1}\n{\"a\":2}\n");
    add(file, "{\"a\":3}\n");
    check(fixture->path, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
    line_file_close(file);
}

static void put(const char *path, const struct text *bytes, size_t length)
{
    FILE *out = fopen(path, "wb");

    assert_int_equal(fwrite(bytes->data != NULL ? bytes->data : "", 1, length, out), length);
    fclose(out);
}

/* Opens the file that has so many of these bytes, and appends a line. */
static void check_continued(const struct fixture *fixture, const struct text *bytes, size_t length, const char *after)
{
    struct line_file *file;
    struct error err = {0};
    struct text before = {0};

    put(fixture->path, bytes, length);
    if (line_file_reopen(&file, &fixture->options, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(file_read(fixture->path, &before, NULL), 0);
    assert_int_equal(before.length, length);
    add(file, "{\"more\":1}\n");
    line_file_close(file);
    check(fixture->path, after);
    text_release(&before);
}

/* Wherever the second record is cut: it stays where it is whole, and leaves nothing where it is not. */
TEST_WITH(a_record_that_is_cut_anywhere_is_completed_or_removed, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct text bytes = {0};

    check_continued(fixture, &bytes, 0, "{\"more\":1}\n");
    gzip_member_add(&bytes, "{\"a\":1}\n", 8);
    size_t whole = bytes.length;
    check_continued(fixture, &bytes, whole, "{\"a\":1}\n{\"more\":1}\n");
    gzip_member_add(&bytes, "{\"b\":\"two\"}\n", 12);
    for (size_t length = whole + 1; length < bytes.length - 8; length++) {
        struct text text = {0};
        bool stays = gzip_reader_unpack(bytes.data, length, &text) == GZIP_CUT && strstr(text.data, "two\"}") != NULL;
        check_continued(fixture, &bytes, length,
                        stays ? "{\"a\":1}\n{\"b\":\"two\"}\n{\"more\":1}\n" : "{\"a\":1}\n{\"more\":1}\n");
        text_release(&text);
    }
    for (size_t length = bytes.length - 8; length <= bytes.length; length++) { /* of its checksum */
        check_continued(fixture, &bytes, length, "{\"a\":1}\n{\"b\":\"two\"}\n{\"more\":1}\n");
    }
    text_release(&bytes);
}

TEST_WITH(what_a_gzip_program_made_is_gone_on_with, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct text bytes = {0};

    gzip_member_add(&bytes, "{\"a\":1}\n{\"b\":2}\n", 16);
    check_continued(fixture, &bytes, bytes.length, "{\"a\":1}\n{\"b\":2}\n{\"more\":1}\n");
    text_clear(&bytes);
    gzip_member_add(&bytes, "{\"a\":1}\n{\"b\":2}", 15);
    check_continued(fixture, &bytes, bytes.length, "{\"a\":1}\n{\"b\":2}\n{\"more\":1}\n");
    text_release(&bytes);
}

static void check_refused(const struct fixture *fixture, const struct text *bytes, size_t length, const char *why)
{
    struct line_file *file = NULL;
    struct error err = {0};
    struct text after = {0};

    put(fixture->path, bytes, length);
    assert_int_equal(line_file_reopen(&file, &fixture->options, &err), -1);
    assert_null(file);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.message, why) == NULL) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(file_read(fixture->path, &after, NULL), 0);
    assert_int_equal(after.length, length);
    text_release(&after);
}

TEST_WITH(what_cannot_be_gone_on_with_without_a_loss_is_refused_and_left_as_it_is, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct text bytes = {0};

    gzip_member_add(&bytes, "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n", 24);
    check_refused(fixture, &bytes, bytes.length - 8, "that holds others too");
    text_clear(&bytes);
    gzip_member_add(&bytes, "{\"a\":1}\n{\"b\":", 13);
    check_refused(fixture, &bytes, bytes.length, "that holds others too");
    text_clear(&bytes);
    gzip_member_add(&bytes, "{\"a\":1}\n", 8);
    bytes.data[bytes.length - 7] ^= 1;
    check_refused(fixture, &bytes, bytes.length, "damaged");
    text_release(&bytes);
}

/* A limit on file sizes takes the place of a full disk. */
TEST_WITH(a_full_disk_leaves_whole_gzip, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture);
    struct error err = {0};
    struct rlimit before, limit;

    add(file, "{\"a\":1}\n");
    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    limit = before;
    limit.rlim_cur = 40; /* in the middle of the second member */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_int_equal(line_file_append(file, "{\"a\":2}\n", 8, &err), -1);
    setrlimit(RLIMIT_FSIZE, &before);
    check(fixture->path, "{\"a\":1}\n");
    add(file, "{\"a\":3}\n");
    check(fixture->path, "{\"a\":1}\n{\"a\":3}\n");
    line_file_close(file);
}
