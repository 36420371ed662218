#include "bench/service/owning/lock_file.h"

#include "test.h"

#include <string.h>

#define CASES TESTS_FOLDER "/cases/lock_file/"

static void check_count(const char *path, uint64_t expected)
{
    uint64_t count = 4242;
    struct error err = {0};

    if (lock_file_count(path, &count, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(count, expected);
}

static void check_refused(const char *path, const char *words)
{
    uint64_t count = 4242;
    struct error err = {0};

    assert_int_equal(lock_file_count(path, &count, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.message, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, words);
    }
    assert_non_null(strstr(err.message, path));
    assert_int_equal(count, 4242);
}

TEST(cargo_counts_packages_that_have_a_source)
{
    check_count(CASES "good/Cargo.lock", 3);
    check_count(CASES "own/Cargo.lock", 0);
    check_refused(CASES "empty/Cargo.lock", "no [[package]]");
}

TEST(npm_counts_what_is_shipped)
{
    check_count(CASES "good/package-lock.json", 4);
    check_count(CASES "own/package-lock.json", 0);
    check_refused(CASES "bad/package-lock.json", "npm 7");
    check_refused(CASES "empty/package-lock.json", "package-lock.json:");
}

TEST(pip_counts_pinned_lines)
{
    check_count(CASES "good/requirements.lock", 4);
    check_count(CASES "good/requirements.txt", 2);
    check_count(CASES "empty/requirements.txt", 0);
    check_refused(CASES "bad/requirements.lock", ":3: \"flask>=2\" is not pinned");
    check_refused(CASES "bad/requirements.txt", ":2: it leads to another file");
}

TEST(go_counts_modules_whose_content_is_hashed)
{
    check_count(CASES "good/go.sum", 2);
    check_count(CASES "empty/go.sum", 0);
    check_refused(CASES "bad/go.sum", ":2: not a line of go.sum");
}

TEST(a_go_mod_alone_is_no_dependency)
{
    check_count(CASES "good/go.mod", 0);
    check_refused(CASES "bad/go.mod", "name go.sum");
    check_refused(CASES "empty/go.mod", "no module");
}

TEST(another_name_is_refused)
{
    check_refused("yarn.lock", "not a lock file that can be counted");
    check_refused("", "not a lock file");
    check_refused("x/Cargo.lock/", "not a lock file");
    check_refused(CASES "Cargo.lock.old", "not a lock file");
}

TEST(a_missing_file_is_refused)
{
    check_refused(CASES "nowhere/Cargo.lock", "cannot be opened");
    check_refused(CASES "folder/go.sum", "cannot be");
}

/* The backends' own lock files are read: a tool that changes its format is noticed here. */
TEST(the_lock_files_of_this_project_can_be_counted)
{
    uint64_t count = 0;

    assert_int_equal(lock_file_count(SOURCE_FOLDER "/backends/rust/Cargo.lock", &count, NULL), 0);
    assert_in_range(count, 10, 500);
    assert_int_equal(lock_file_count(SOURCE_FOLDER "/backends/node/package-lock.json", &count, NULL), 0);
    assert_in_range(count, 10, 500);
    assert_int_equal(lock_file_count(SOURCE_FOLDER "/backends/python/requirements.lock", &count, NULL), 0);
    assert_in_range(count, 5, 100);
}
