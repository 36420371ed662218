#include "base/file.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int make_folder(void **state)
{
    char *folder = strdup("/tmp/twofold-file-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        free(folder);
        return -1;
    }
    *state = folder;
    return 0;
}

static int remove_folder(void **state)
{
    struct error err = {0};
    char **names;

    if (file_list(*state, &names, &err) == 0) {
        for (size_t i = 0; names[i] != NULL; i++) {
            char *path = file_join(*state, names[i]);
            remove(path);
            free(path);
        }
        file_list_free(names);
    }
    rmdir(*state);
    free(*state);
    return 0;
}

static void write_file(const char *folder, const char *name, const void *bytes, size_t length)
{
    char *path = file_join(folder, name);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
    free(path);
}

TEST_WITH(a_file_is_read_whole_and_appended, make_folder, remove_folder)
{
    struct text text = {0};
    static char big[100000];

    memset(big, 'x', sizeof big);
    big[50000] = '\0';
    write_file(*state, "big", big, sizeof big);
    char *path = file_join(*state, "big");
    text_add(&text, "before");
    assert_int_equal(file_read(path, &text, NULL), 0);
    assert_int_equal(text.length, sizeof big + 6);
    assert_memory_equal(text.data + 6, big, sizeof big);
    text_release(&text);
    free(path);
}

TEST_WITH(an_empty_file_gives_an_empty_string, make_folder, remove_folder)
{
    struct text text = {0};

    write_file(*state, "empty", "", 0);
    char *path = file_join(*state, "empty");
    assert_int_equal(file_read(path, &text, NULL), 0);
    assert_string_equal(text.data, "");
    text_release(&text);
    free(path);
}

TEST_WITH(a_missing_file_and_a_folder_are_refused_with_their_path, make_folder, remove_folder)
{
    struct text text = {0};
    struct error missing = {0};
    struct error folder = {0};

    assert_int_equal(file_read("/nowhere/at/all", &text, &missing), -1);
    assert_int_equal(missing.kind, ERROR_INPUT);
    assert_string_equal(missing.message, "/nowhere/at/all: cannot be opened: No such file or directory");
    assert_int_equal(file_read(*state, &text, &folder), -1);
    assert_non_null(strstr(folder.message, "cannot be read: Is a directory"));
    text_release(&text);
}

static void check_read(const char *folder, const char *bytes, size_t length, const char *expected)
{
    struct text text = {0};

    write_file(folder, "marked", bytes, length);
    char *path = file_join(folder, "marked");
    text_add(&text, "before ");
    assert_int_equal(file_read(path, &text, NULL), 0);
    assert_string_equal(text.data + 7, expected);
    assert_int_equal(text.length, 7 + strlen(expected));
    text_release(&text);
    free(path);
}

TEST_WITH(a_byte_order_mark_is_no_part_of_the_text, make_folder, remove_folder)
{
    check_read(*state, "\xef\xbb\xbfone", 6, "one");
    check_read(*state, "\xef\xbb\xbf", 3, "");
    check_read(*state, "\xef\xbb", 2, "\xef\xbb");
    check_read(*state, "one\xef\xbb\xbf", 6, "one\xef\xbb\xbf");
    check_read(*state, "\xef\xbb\xbf\xef\xbb\xbf", 6, "\xef\xbb\xbf"); /* the second is a character */
}

static void check_file_refused(const char *path, const char *why)
{
    struct text text = {0};
    struct error err = {0};

    assert_int_equal(file_read(path, &text, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, path));
    if (strstr(err.message, why) == NULL) {
        fail_msg("%s", err.message);
    }
    text_release(&text);
}

TEST_WITH(what_never_ends_or_is_no_text_is_refused, make_folder, remove_folder)
{
    char *path = file_join(*state, "big");

    check_file_refused("/dev/zero", "is a device");
    check_file_refused("/dev/full", "is a device");
    write_file(*state, "big", "\xff\xfeh\0i\0", 6);
    check_file_refused(path, "UTF-16");
    write_file(*state, "big", "\xfe\xff\0h\0i", 6);
    check_file_refused(path, "UTF-16");
    write_file(*state, "big", "x", 1);
    assert_int_equal(truncate(path, (off_t)5 << 30), 0);
    check_file_refused(path, "longer than 4 GiB");
    free(path);
}

TEST_WITH(a_folder_is_listed_in_order, make_folder, remove_folder)
{
    char **names;

    write_file(*state, "b", "", 0);
    write_file(*state, "a", "", 0);
    write_file(*state, ".c", "", 0);
    assert_int_equal(file_list(*state, &names, NULL), 0);
    assert_string_equal(names[0], ".c");
    assert_string_equal(names[1], "a");
    assert_string_equal(names[2], "b");
    assert_null(names[3]);
    file_list_free(names);
}

TEST_WITH(an_empty_folder_lists_nothing_and_a_missing_one_is_refused, make_folder, remove_folder)
{
    struct error err = {0};
    char **names;

    assert_int_equal(file_list(*state, &names, NULL), 0);
    assert_null(names[0]);
    file_list_free(names);
    assert_int_equal(file_list("/nowhere", &names, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
}

TEST(only_a_relative_path_without_dots_stays_inside)
{
    const char *const inside[] = {"a", "a/b", "./a", "a/", "a//b", "..a", "a..", "a/..b/c", ".", "*.c", NULL};
    const char *const outside[] = {"", "/", "/a", "..", "../a", "a/..", "a/../b", "a//..", "./..", NULL};

    for (size_t i = 0; inside[i] != NULL; i++) {
        assert_true(file_is_inside(inside[i]));
    }
    for (size_t i = 0; outside[i] != NULL; i++) {
        assert_false(file_is_inside(outside[i]));
    }
}
