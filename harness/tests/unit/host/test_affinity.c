#include "host/machine/affinity.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CASES TESTS_FOLDER "/cases/affinity/"

static struct affinity_split split(const char *allowed, unsigned generator_cores, const char *machine)
{
    struct core_set cores;
    struct affinity_split result = {0};
    struct error err = {0};

    assert_int_equal(core_set_read(&cores, allowed, &err), 0);
    if (affinity_split(&cores, generator_cores, machine, &result, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return result;
}

static void check(const struct core_set *set, const char *expected)
{
    char *text = core_set_text(set);
    assert_string_equal(text, expected);
    free(text);
}

static void the_first_core_is_the_generators_and_the_rest_the_services(void **state)
{
    (void)state;
    struct affinity_split result = split("0-3", 0, CASES "plain");

    check(&result.generator, "0");
    check(&result.service, "1-3");
    check(&result.idle, "");
    assert_false(result.shared);
    assert_false(result.siblings);
    result = split("2,5,9", 2, CASES "plain");
    check(&result.generator, "2,5");
    check(&result.service, "9");
}

static void one_core_is_shared_and_said_to_be(void **state)
{
    (void)state;
    struct affinity_split result = split("3", 1, CASES "plain");

    check(&result.generator, "3");
    check(&result.service, "3");
    assert_true(result.shared);
}

/* pairs: 0 with 4, 1 with 5, 2 with 6, 3 with 7 */
static void the_other_thread_of_the_generators_core_is_left_idle(void **state)
{
    (void)state;
    struct affinity_split result = split("0-7", 1, CASES "pairs");

    check(&result.generator, "0");
    check(&result.service, "1-3,5-7");
    check(&result.idle, "4");
    assert_false(result.siblings);
    result = split("0-7", 3, CASES "pairs");
    check(&result.generator, "0-1,4");
    check(&result.service, "2-3,6-7");
    check(&result.idle, "5");
}

static void a_second_generator_core_is_the_first_ones_sibling(void **state)
{
    (void)state;
    struct affinity_split result = split("0-7", 2, CASES "pairs");

    check(&result.generator, "0,4");
    check(&result.service, "1-3,5-7");
    check(&result.idle, "");
}

static void siblings_are_split_only_where_there_is_no_other_way(void **state)
{
    (void)state;
    struct affinity_split result = split("1,5", 1, CASES "pairs");

    check(&result.generator, "1");
    check(&result.service, "5");
    check(&result.idle, "");
    assert_true(result.siblings);
    result = split("0-7", 7, CASES "pairs");
    assert_int_equal(core_set_count(&result.generator), 7);
    check(&result.service, "7");
    assert_true(result.siblings);
}

static void siblings_that_this_process_may_not_use_do_not_count(void **state)
{
    (void)state;
    struct affinity_split result = split("0-3", 1, CASES "pairs");

    check(&result.generator, "0");
    check(&result.service, "1-3");
    check(&result.idle, "");
}

static void a_machine_that_does_not_say_has_no_siblings(void **state)
{
    (void)state;
    struct affinity_split result = split("0-1", 1, "/nowhere");

    check(&result.generator, "0");
    check(&result.service, "1");
    assert_false(result.siblings);
}

static void leaving_nothing_for_the_service_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *allowed;
        unsigned cores;
    } bad[] = {{"0-3", 4}, {"0-3", 5}, {"0", 2}, {"0-1", UINT32_MAX}};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct core_set cores;
        struct affinity_split result = {.shared = true};
        struct error err = {0};
        assert_int_equal(core_set_read(&cores, bad[i].allowed, &err), 0);
        assert_int_equal(affinity_split(&cores, bad[i].cores, CASES "plain", &result, &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_true(result.shared);
        assert_int_equal(core_set_count(&result.generator), 0);
    }
}

static void *pin_to_last(void *argument)
{
    struct core_set *cores = argument;
    struct core_set one = {{0}}, seen;
    unsigned last = 0;

    for (unsigned core = core_set_next(cores, 0); core < CORE_SET_MOST; core = core_set_next(cores, core + 1)) {
        last = core;
    }
    core_set_add(&one, last);
    if (affinity_pin(&one, NULL) != 0 || affinity_allowed(&seen, NULL) != 0 || core_set_count(&seen) != 1 ||
        !core_set_has(&seen, last)) {
        return NULL;
    }
    return argument;
}

static void pinning_is_of_the_calling_thread_alone(void **state)
{
    (void)state;
    struct core_set before, after;
    pthread_t thread;
    void *pinned;

    assert_int_equal(affinity_allowed(&before, NULL), 0);
    assert_true(core_set_count(&before) >= 1);
    assert_int_equal(pthread_create(&thread, NULL, pin_to_last, &before), 0);
    pthread_join(thread, &pinned);
    assert_non_null(pinned);
    assert_int_equal(affinity_allowed(&after, NULL), 0);
    assert_memory_equal(&before, &after, sizeof before);
}

static void pinning_to_cores_that_do_not_exist_fails_and_names_them(void **state)
{
    (void)state;
    struct core_set far = {{0}};
    struct error err = {0};

    core_set_add(&far, 8190);
    assert_int_equal(affinity_pin(&far, &err), -1);
    assert_non_null(strstr(err.message, "8190"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_core_is_the_generators_and_the_rest_the_services),
        cmocka_unit_test(one_core_is_shared_and_said_to_be),
        cmocka_unit_test(the_other_thread_of_the_generators_core_is_left_idle),
        cmocka_unit_test(a_second_generator_core_is_the_first_ones_sibling),
        cmocka_unit_test(siblings_are_split_only_where_there_is_no_other_way),
        cmocka_unit_test(siblings_that_this_process_may_not_use_do_not_count),
        cmocka_unit_test(a_machine_that_does_not_say_has_no_siblings),
        cmocka_unit_test(leaving_nothing_for_the_service_is_refused),
        cmocka_unit_test(pinning_is_of_the_calling_thread_alone),
        cmocka_unit_test(pinning_to_cores_that_do_not_exist_fails_and_names_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
