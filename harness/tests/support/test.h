/* test: a test that registers itself. cmocka lies underneath; its assertions are used as they are.
 *
 * A file of tests includes this header, defines its tests with the macros below and has no `main`. It is linked with
 * test_main.c, which runs the tests of all files of the program in the order of the source. The program takes one
 * optional argument, a shell pattern, and then runs only the tests whose names match it. It exits with the number of
 * failed tests, or with 2 when no name matches. */
#ifndef TWOFOLD_TESTS_TEST_H
#define TWOFOLD_TESTS_TEST_H

/* cmocka.h needs the first four and does not include them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* TEST(the_name_is_a_sentence)
 * {
 *     assert_true(...);
 * }
 * `void **state` is cmocka's and can be used in the body. */
#define TEST(function) TEST_WITH(function, NULL, NULL)

/* As TEST. `before` runs before the test, and `after` runs after it, even when the test fails. Both are
 * `int (void **state)`, return 0 for success, and can be NULL. The test finds in `*state` what `before` put there. */
#define TEST_WITH(function, before, after)                                                                             \
    static void function(void **state);                                                                                \
    __attribute__((constructor)) static void function##_register(void)                                                 \
    {                                                                                                                  \
        static struct test self = {{#function, function, before, after, NULL}, __FILE__, __LINE__, NULL};              \
        test_register(&self);                                                                                          \
    }                                                                                                                  \
    static void function(__attribute__((unused)) void **state)

/* As TEST, once for each element of the array `cases`. The elements have a member `name`, which names the test;
 * `*state` points to the element. */
#define TEST_EACH(function, cases)                                                                                     \
    static void function(void **state);                                                                                \
    __attribute__((constructor)) static void function##_register(void)                                                 \
    {                                                                                                                  \
        static struct test each[sizeof(cases) / sizeof((cases)[0])];                                                   \
        for (size_t i = 0; i < sizeof(cases) / sizeof((cases)[0]); i++) {                                              \
            each[i].unit = (struct CMUnitTest){(cases)[i].name, function, NULL, NULL, (void *)&(cases)[i]};            \
            each[i].file = __FILE__;                                                                                   \
            each[i].line = __LINE__;                                                                                   \
            test_register(&each[i]);                                                                                   \
        }                                                                                                              \
    }                                                                                                                  \
    static void function(void **state)

/* ---- what a file of tests can define, at most one file of a program ---- */

/* Runs before all tests and after them. An error of `before` fails the whole program. */
struct test_group {
    CMFixtureFunction before, after; /* or NULL */
};
extern const struct test_group test_group;

/* What the program does before its tests, with the arguments of `main`: for a program that its tests start again as a
 * child, or for tests that cannot run everywhere. Returns RUN_TESTS, or the exit status with which the program ends. */
enum { RUN_TESTS = -1 };
int before_tests(int argc, char **argv);

/* ---- used by the macros ---- */

struct test {
    struct CMUnitTest unit;
    const char *file;
    int line;
    struct test *next;
};

/* `test` stays the caller's and must live as long as the program. */
void test_register(struct test *test);

#endif
