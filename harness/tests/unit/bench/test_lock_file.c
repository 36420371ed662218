#include "bench/service/lock_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

static void cargo_counts_packages_that_have_a_source(void **state)
{
    (void)state;
    check_count(CASES "good/Cargo.lock", 3);
    check_count(CASES "own/Cargo.lock", 0);
    check_refused(CASES "empty/Cargo.lock", "no [[package]]");
}

static void npm_counts_what_is_shipped(void **state)
{
    (void)state;
    check_count(CASES "good/package-lock.json", 4);
    check_count(CASES "own/package-lock.json", 0);
    check_refused(CASES "bad/package-lock.json", "npm 7");
    check_refused(CASES "empty/package-lock.json", "package-lock.json:");
}

static void pip_counts_pinned_lines(void **state)
{
    (void)state;
    check_count(CASES "good/requirements.lock", 4);
    check_count(CASES "good/requirements.txt", 2);
    check_count(CASES "empty/requirements.txt", 0);
    check_refused(CASES "bad/requirements.lock", ":3: \"flask>=2\" is not pinned");
    check_refused(CASES "bad/requirements.txt", ":2: it leads to another file");
}

static void go_counts_modules_whose_content_is_hashed(void **state)
{
    (void)state;
    check_count(CASES "good/go.sum", 2);
    check_count(CASES "empty/go.sum", 0);
    check_refused(CASES "bad/go.sum", ":2: not a line of go.sum");
}

static void a_go_mod_alone_is_no_dependency(void **state)
{
    (void)state;
    check_count(CASES "good/go.mod", 0);
    check_refused(CASES "bad/go.mod", "name go.sum");
    check_refused(CASES "empty/go.mod", "no module");
}

static void another_name_is_refused(void **state)
{
    (void)state;
    check_refused("yarn.lock", "not a lock file that can be counted");
    check_refused("", "not a lock file");
    check_refused("x/Cargo.lock/", "not a lock file");
    check_refused(CASES "Cargo.lock.old", "not a lock file");
}

static void a_missing_file_is_refused(void **state)
{
    (void)state;
    check_refused(CASES "nowhere/Cargo.lock", "cannot be opened");
    check_refused(CASES "folder/go.sum", "cannot be");
}

/* The backends' own files are of these kinds: if a tool changes its format, this is where it shows. */
static void the_lock_files_of_this_project_can_be_counted(void **state)
{
    (void)state;
    uint64_t count = 0;

    assert_int_equal(lock_file_count(SOURCE_FOLDER "/backends/rust/Cargo.lock", &count, NULL), 0);
    assert_in_range(count, 10, 500);
    assert_int_equal(lock_file_count(SOURCE_FOLDER "/backends/node/package-lock.json", &count, NULL), 0);
    assert_in_range(count, 10, 500);
    assert_int_equal(lock_file_count(SOURCE_FOLDER "/backends/python/requirements.lock", &count, NULL), 0);
    assert_in_range(count, 5, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cargo_counts_packages_that_have_a_source),
        cmocka_unit_test(npm_counts_what_is_shipped),
        cmocka_unit_test(pip_counts_pinned_lines),
        cmocka_unit_test(go_counts_modules_whose_content_is_hashed),
        cmocka_unit_test(a_go_mod_alone_is_no_dependency),
        cmocka_unit_test(another_name_is_refused),
        cmocka_unit_test(a_missing_file_is_refused),
        cmocka_unit_test(the_lock_files_of_this_project_can_be_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
