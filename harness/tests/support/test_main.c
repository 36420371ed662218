/* The `main` of every program of tests. */
#include "test.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct test *first;

/* The order of constructors is the linker's affair, so that of the source is kept here. */
static int compare(const struct test *a, const struct test *b)
{
    int files = strcmp(a->file, b->file);
    return files != 0 ? files : a->line - b->line;
}

void test_register(struct test *test)
{
    struct test **place = &first;

    while (*place != NULL && compare(*place, test) <= 0) {
        place = &(*place)->next;
    }
    test->next = *place;
    *place = test;
}

__attribute__((weak)) const struct test_group test_group = {NULL, NULL};

__attribute__((weak)) int before_tests(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return RUN_TESTS;
}

/* The tests whose names match `pattern`, for the caller to free. */
static struct CMUnitTest *matching(const char *pattern, size_t *ret_count)
{
    size_t count = 0;

    for (const struct test *test = first; test != NULL; test = test->next) {
        count++;
    }
    struct CMUnitTest *tests = calloc(count + 1, sizeof *tests);
    if (tests == NULL) {
        abort();
    }
    *ret_count = 0;
    for (const struct test *test = first; test != NULL; test = test->next) {
        if (fnmatch(pattern, test->unit.name, 0) == 0) {
            tests[(*ret_count)++] = test->unit;
        }
    }
    return tests;
}

/* The program test_noun runs the tests of the noun. */
static const char *noun(const char *program)
{
    const char *slash = strrchr(program, '/');
    const char *name = slash != NULL ? slash + 1 : program;

    return strncmp(name, "test_", 5) == 0 ? name + 5 : name;
}

int main(int argc, char **argv)
{
    int status = before_tests(argc, argv);
    if (status != RUN_TESTS) {
        return status;
    }
    const char *pattern = argc > 1 ? argv[1] : "*";
    size_t count;
    struct CMUnitTest *tests = matching(pattern, &count);
    if (count == 0) {
        fprintf(stderr, "%s: no test is named %s\n", argv[0], pattern);
        status = 2;
    } else {
        status = _cmocka_run_group_tests(noun(argv[0]), tests, count, test_group.before, test_group.after);
    }
    free(tests);
    /* A failed assertion leaves what its test holds: a report of those leaks would bury the failure. */
    if (status != 0) {
        fflush(NULL);
        _Exit(status);
    }
    return status;
}
