#include "host/machine/affinity.h"

#include "test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

TEST(the_first_core_is_the_generators_and_the_rest_the_services)
{
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

TEST(one_core_is_shared_and_said_to_be)
{
    struct affinity_split result = split("3", 1, CASES "plain");

    check(&result.generator, "3");
    check(&result.service, "3");
    assert_true(result.shared);
}

/* pairs: 0 with 4, 1 with 5, 2 with 6, 3 with 7 */
TEST(the_other_thread_of_the_generators_core_is_left_idle)
{
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

TEST(a_second_generator_core_is_the_first_ones_sibling)
{
    struct affinity_split result = split("0-7", 2, CASES "pairs");

    check(&result.generator, "0,4");
    check(&result.service, "1-3,5-7");
    check(&result.idle, "");
}

TEST(siblings_are_split_only_where_there_is_no_other_way)
{
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

TEST(siblings_that_this_process_may_not_use_do_not_count)
{
    struct affinity_split result = split("0-3", 1, CASES "pairs");

    check(&result.generator, "0");
    check(&result.service, "1-3");
    check(&result.idle, "");
}

TEST(a_machine_that_does_not_say_has_no_siblings)
{
    struct affinity_split result = split("0-1", 1, "/nowhere");

    check(&result.generator, "0");
    check(&result.service, "1");
    assert_false(result.siblings);
}

TEST(leaving_nothing_for_the_service_is_refused)
{
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

TEST(pinning_is_of_the_calling_thread_alone)
{
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

TEST(pinning_to_cores_that_do_not_exist_fails_and_names_them)
{
    struct core_set far = {{0}};
    struct error err = {0};

    core_set_add(&far, 8190);
    assert_int_equal(affinity_pin(&far, &err), -1);
    assert_non_null(strstr(err.message, "8190"));
}
