#include "base/lines/line_file.h"

#include "base/file.h"
#include "base/mem.h"
#include "test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder with a file that is yet to be made, and what the file's writer has said. */
struct fixture {
    char *folder, *path;
    struct line_file_options options;
    struct text said;
};

static void hear(void *context, const char *text)
{
    text_add(context, text);
    text_add(context, "\n");
}

static int set_up(void **state)
{
    struct fixture *fixture = mem_new(1, sizeof *fixture);

    fixture->folder = mem_string("/tmp/twofold-lines-XXXXXX");
    if (mkdtemp(fixture->folder) == NULL) {
        return -1;
    }
    fixture->path = file_join(fixture->folder, "run.jsonl");
    fixture->options = (struct line_file_options){.path = fixture->path, .say = hear, .context = &fixture->said};
    text_add(&fixture->said, "");
    *state = fixture;
    return 0;
}

static void empty(const char *folder)
{
    char **names;

    if (file_list(folder, &names, NULL) == 0) {
        for (size_t i = 0; names[i] != NULL; i++) {
            char *path = file_join(folder, names[i]);
            remove(path);
            free(path);
        }
        file_list_free(names);
    }
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    empty(fixture->folder);
    rmdir(fixture->folder);
    text_release(&fixture->said);
    free(fixture->path);
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

/* Checks the contents of the file. NULL: there is none. */
static void check(const char *folder, const char *name, const char *expected)
{
    char *path = file_join(folder, name);
    struct text text = {0};

    if (expected == NULL) {
        assert_int_equal(access(path, F_OK), -1);
    } else {
        assert_int_equal(file_read(path, &text, NULL), 0);
        assert_string_equal(text.data, expected);
    }
    text_release(&text);
    free(path);
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

TEST_WITH(a_file_is_made_by_its_first_line, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture);

    assert_null(line_file_path(file));
    check(fixture->folder, "run.jsonl", NULL);
    line_file_close(file);
    check(fixture->folder, "run.jsonl", NULL);

    file = new_file(fixture);
    add(file, "{\"a\":1}\n");
    assert_string_equal(line_file_path(file), fixture->path);
    check(fixture->folder, "run.jsonl", "{\"a\":1}\n");
    add(file, "{\"a\":2}\n");
    check(fixture->folder, "run.jsonl", "{\"a\":1}\n{\"a\":2}\n");
    line_file_close(file);
}

static void check_new_refused(const struct line_file_options *options, const char *why)
{
    struct line_file *file = NULL;
    struct error err = {0};

    assert_int_equal(line_file_new(&file, options, &err), -1);
    assert_null(file);
    if (strstr(err.message, why) == NULL || strstr(err.message, options->path) == NULL) {
        fail_msg("%s", err.message);
    }
}

TEST_WITH(what_cannot_be_made_is_refused_before_the_first_line, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture);
    char *link = file_join(fixture->folder, "link.jsonl");

    add(file, "{}\n");
    line_file_close(file);
    check_new_refused(&fixture->options, "exists already");
    assert_int_equal(symlink("/nowhere/at/all", link), 0);
    check_new_refused(&(struct line_file_options){.path = link}, "exists already");
    check_new_refused(&(struct line_file_options){.path = "/nowhere/at/all"}, "cannot be created");
    check_new_refused(&(struct line_file_options){.path = "/dev/null"}, "no regular file");
    free(link);
}

TEST_WITH(two_of_one_name_get_a_file_each, set_up, tear_down)
{
    struct fixture *fixture = *state;

    fixture->options.numbered = true;
    struct line_file *first = new_file(fixture), *second = new_file(fixture), *third = new_file(fixture);
    add(second, "{\"file\":2}\n");
    add(first, "{\"file\":1}\n");
    add(third, "{\"file\":3}\n");
    add(first, "{\"file\":1}\n");
    check(fixture->folder, "run.jsonl", "{\"file\":2}\n");
    check(fixture->folder, "run-2.jsonl", "{\"file\":1}\n{\"file\":1}\n");
    check(fixture->folder, "run-3.jsonl", "{\"file\":3}\n");
    assert_non_null(strstr(line_file_path(first), "run-2.jsonl"));
    line_file_close(first);
    line_file_close(second);
    line_file_close(third);
    assert_string_equal(fixture->said.data, "");
}

TEST_WITH(a_file_that_is_being_written_cannot_be_opened_again, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture), *other = NULL, *third = NULL;
    struct error err = {0};

    add(file, "{}\n");
    assert_int_equal(line_file_reopen(&other, &fixture->options, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "still going on"));
    line_file_close(file);
    assert_int_equal(line_file_reopen(&other, &fixture->options, NULL), 0);
    assert_int_equal(line_file_reopen(&third, &fixture->options, NULL), -1);
    line_file_close(other);
    check(fixture->folder, "run.jsonl", "{}\n");
}

/* Writes the file, opens it again and appends a line. */
static void check_continued(const struct fixture *fixture, const char *before, const char *after)
{
    struct line_file *file;
    FILE *out = fopen(fixture->path, "wb");

    assert_int_equal(fwrite(before, 1, strlen(before), out), strlen(before));
    fclose(out);
    assert_int_equal(line_file_reopen(&file, &fixture->options, NULL), 0);
    check(fixture->folder, "run.jsonl", before);
    add(file, "{\"more\":1}\n");
    line_file_close(file);
    check(fixture->folder, "run.jsonl", after);
}

TEST_WITH(a_last_line_without_its_end_is_completed_or_removed, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct text before = {0}, after = {0};

    check_continued(fixture, "", "{\"more\":1}\n");
    check_continued(fixture, "{\"a\":1}\n", "{\"a\":1}\n{\"more\":1}\n");
    check_continued(fixture, "{\"a\":1}\n{\"b\":2}", "{\"a\":1}\n{\"b\":2}\n{\"more\":1}\n");
    check_continued(fixture, "{\"a\":1}\n{\"b\":", "{\"a\":1}\n{\"more\":1}\n");
    check_continued(fixture, "{\"b\":", "{\"more\":1}\n");
    text_add(&before, "{\"a\":1}\n");
    text_add(&after, "{\"a\":1}\n{\"more\":1}\n");
    text_add(&before, "{\"b\":\"");
    for (int i = 0; i < 300000; i++) { /* longer than is read at a time */
        text_add(&before, "x");
    }
    check_continued(fixture, before.data, after.data);
    text_release(&before);
    text_release(&after);
}

TEST_WITH(a_file_that_is_removed_is_written_anew_and_that_is_said, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture);

    add(file, "{\"a\":1}\n");
    assert_int_equal(unlink(fixture->path), 0);
    assert_string_equal(fixture->said.data, "");
    add(file, "{\"a\":2}\n");
    check(fixture->folder, "run.jsonl", "{\"a\":1}\n{\"a\":2}\n");
    assert_non_null(strstr(fixture->said.data, "was removed or replaced"));
    add(file, "{\"a\":3}\n");
    check(fixture->folder, "run.jsonl", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
    assert_string_equal(strchr(fixture->said.data, '\n'), "\n"); /* said once */

    empty(fixture->folder);
    assert_int_equal(rmdir(fixture->folder), 0);
    add(file, "{\"a\":4}\n");
    check(fixture->folder, "run.jsonl", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n{\"a\":4}\n");
    line_file_close(file);
}

TEST_WITH(a_file_that_is_replaced_is_left_alone_and_written_anew_beside_it, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture), *again;

    add(file, "{\"a\":1}\n");
    assert_int_equal(unlink(fixture->path), 0);
    FILE *out = fopen(fixture->path, "wb");
    fputs("mine\n", out);
    fclose(out);
    add(file, "{\"a\":2}\n");
    check(fixture->folder, "run.jsonl", "mine\n");
    check(fixture->folder, "run-2.jsonl", "{\"a\":1}\n{\"a\":2}\n");
    assert_non_null(strstr(fixture->said.data, "run-2.jsonl"));
    assert_non_null(strstr(line_file_path(file), "run-2.jsonl"));

    /* The new one is locked as the old one was. */
    assert_int_equal(line_file_reopen(&again, &(struct line_file_options){.path = line_file_path(file)}, NULL), -1);
    line_file_close(file);
}

/* A file where the folder was: the folder for temporary files is left. */
TEST_WITH(a_file_whose_folder_cannot_be_made_again_goes_where_temporary_files_go, set_up, tear_down)
{
    struct fixture *fixture = *state;
    char *inner = file_join(fixture->folder, "results"), *path = file_join(inner, "run.jsonl");
    struct line_file *file;

    setenv("TMPDIR", fixture->folder, 1);
    fixture->options.path = path;
    assert_int_equal(mkdir(inner, 0700), 0);
    file = new_file(fixture);
    add(file, "{\"a\":1}\n");
    unlink(path);
    rmdir(inner);
    FILE *out = fopen(inner, "wb");
    fclose(out);
    add(file, "{\"a\":2}\n");
    check(fixture->folder, "run.jsonl", "{\"a\":1}\n{\"a\":2}\n");
    line_file_close(file);
    unsetenv("TMPDIR");
    free(path);
    free(inner);
}

static void limit_files_to(rlim_t bytes)
{
    struct rlimit limit;

    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A limit on file sizes takes the place of a full disk. */
TEST_WITH(a_full_disk_leaves_no_empty_file, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct line_file *file = new_file(fixture);
    struct error err = {0};
    struct rlimit before;

    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    limit_files_to(3);
    int result = line_file_append(file, "{\"a\":1}\n", 8, &err);
    limit_files_to(before.rlim_cur);
    assert_int_equal(result, -1);
    assert_int_equal(err.kind, ERROR_FAILED);
    check(fixture->folder, "run.jsonl", NULL);
    assert_null(line_file_path(file));
    add(file, "{\"a\":1}\n"); /* room again */
    check(fixture->folder, "run.jsonl", "{\"a\":1}\n");
    line_file_close(file);
}
