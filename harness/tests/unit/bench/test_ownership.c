#include "bench/service/owning/ownership.h"

#include "base/mem.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *path_in(void **state, const char *name)
{
    return mem_format("%s/%s", (const char *)*state, name);
}

static void write_file(void **state, const char *name, const char *content, size_t length)
{
    char *path = path_in(state, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, length), (ssize_t)length);
    close(fd);
    free(path);
}

static void make_folder(void **state, const char *name)
{
    char *path = path_in(state, name);
    assert_int_equal(mkdir(path, 0755), 0);
    free(path);
}

/* out/ 10 + 20 bytes, a hard link, links; src/ with lines; all in a fresh folder. */
static int set_up(void **state)
{
    char *folder = mem_string("/tmp/twofold-ownership-XXXXXX");
    *state = mkdtemp(folder);
    make_folder(state, "out");
    make_folder(state, "out/deep");
    make_folder(state, "src");
    make_folder(state, "src/inner");
    make_folder(state, "src/inner/most");
    make_folder(state, "src/.hidden");
    write_file(state, "out/a", "0123456789", 10);
    write_file(state, "out/deep/b", "01234567890123456789", 20);
    write_file(state, "src/one.c", "1\n2\n3\n", 6);
    write_file(state, "src/two.c", "1\n2", 3);
    write_file(state, "src/empty.c", "", 0);
    write_file(state, "src/other.h", "1\n", 2);
    write_file(state, "src/inner/three.c", "\n\n\n\n", 4);
    write_file(state, "src/inner/most/four.c", "x", 1);
    write_file(state, "src/.hidden/five.c", "1\n2\n3\n4\n5\n6\n7\n", 14);
    write_file(state, "src/.six.c", "1\n2\n3\n4\n5\n6\n7\n8\n", 16);
    char *a = path_in(state, "out/a"), *hard = path_in(state, "out/deep/again"), *soft = path_in(state, "out/soft");
    char *loop = path_in(state, "out/deep/loop"), *named = path_in(state, "shipped");
    int failed =
        link(a, hard) != 0 || symlink("a", soft) != 0 || symlink("..", loop) != 0 || symlink("out", named) != 0;
    free(a);
    free(hard);
    free(soft);
    free(loop);
    free(named);
    return failed;
}

static int tear_down(void **state)
{
    char *command = mem_format("rm -r '%s'", (const char *)*state);
    int status = system(command);
    free(command);
    free(*state);
    return status;
}

static void check_bytes(void **state, char **paths, uint64_t expected)
{
    uint64_t bytes = 4242;
    struct error err = {0};

    if (ownership_bytes(*state, paths, &bytes, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(bytes, expected);
}

static void check_lines(void **state, char **patterns, uint64_t expected)
{
    uint64_t lines = 4242;
    struct error err = {0};

    if (ownership_lines(*state, patterns, &lines, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(lines, expected);
}

TEST(a_folder_counts_all_below_it_and_hard_links_once)
{
    char *whole[] = {"out", NULL}, *one[] = {"out/a", NULL}, *none[] = {NULL};

    check_bytes(state, whole, 30);
    check_bytes(state, one, 10);
    check_bytes(state, none, 0);
}

TEST(a_file_named_twice_counts_once)
{
    char *overlap[] = {"out/a", "out", "out/deep", "out/deep/again", NULL};
    check_bytes(state, overlap, 30);
}

TEST(a_symbolic_link_is_followed_only_where_it_is_named)
{
    char *named[] = {"shipped", NULL}, *soft[] = {"out/soft", NULL}, *deep[] = {"out/deep", NULL};

    check_bytes(state, named, 30);
    check_bytes(state, soft, 10);
    check_bytes(state, deep, 30); /* b and a's other name; not up through the loop */
}

TEST(a_missing_artifact_is_an_error_with_its_path)
{
    char *paths[] = {"out", "bin/server", NULL};
    uint64_t bytes = 4242;
    struct error err = {0};

    assert_int_equal(ownership_bytes(*state, paths, &bytes, &err), -1);
    assert_non_null(strstr(err.message, "bin/server"));
    assert_int_equal(bytes, 4242);
}

TEST(lines_are_counted_with_a_last_one_that_is_not_ended)
{
    char *one[] = {"src/one.c", NULL}, *two[] = {"src/two.c", NULL}, *empty[] = {"src/empty.c", NULL};

    check_lines(state, one, 3);
    check_lines(state, two, 2);
    check_lines(state, empty, 0);
}

TEST(a_star_stays_in_its_folder_and_two_go_deeper)
{
    char *flat[] = {"src/*.c", NULL}, *nested[] = {"src/*/*.c", NULL};
    char *deep[] = {"src/**/*.c", NULL}, *all[] = {"**/*.[ch]", NULL}, *twice[] = {"**/**/*.c", NULL};
    char *hidden[] = {"src/.hidden/*.c", NULL}, *dotted[] = {"src/.*.c", NULL};

    check_lines(state, flat, 5);
    check_lines(state, nested, 4);
    check_lines(state, deep, 10);
    check_lines(state, all, 11);
    check_lines(state, twice, 10);
    check_lines(state, hidden, 7);
    check_lines(state, dotted, 8);
}

TEST(a_file_that_two_patterns_match_counts_once)
{
    char *patterns[] = {"src/*.c", "src/o*", "src/**/*.c", NULL};
    check_lines(state, patterns, 11);
}

TEST(a_pattern_without_a_file_is_refused)
{
    static char *const bad[] = {"src/*.go", "nowhere/*.c", "src", "", "/etc/*", "src/../src/*.c", "src/one.c/x", "["};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char *patterns[] = {"src/one.c", bad[i], NULL};
        uint64_t lines = 4242;
        struct error err = {0};
        assert_int_equal(ownership_lines(*state, patterns, &lines, &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.message, "no file matches"));
        assert_int_equal(lines, 4242);
    }
}

TEST(a_tree_of_a_thousand_folders_is_measured)
{
    char name[8] = "many";
    char *paths[] = {"many", NULL};
    char path[64];

    make_folder(state, name);
    for (int i = 0; i < 1000; i++) {
        snprintf(path, sizeof path, "many/%d", i);
        make_folder(state, path);
        snprintf(path, sizeof path, "many/%d/f", i);
        write_file(state, path, "xyz", 3);
    }
    check_bytes(state, paths, 3000);
}

const struct test_group test_group = {set_up, tear_down};
