#include "contract/verify/ready.h"

#include "base/clock.h"
#include "base/mem.h"
#include "wrong_service.h"

#include <stdbool.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_service_that_answers_is_ready(void **state)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_wait wait = {.timeout_ns = 30 * CLOCK_SECOND_NS};
    struct error err = {0};
    uint64_t before_ns = clock_now_ns();
    uint64_t ready_ns = 0;

    (void)state;
    assert_int_equal(verify_ready(wrong_service_url(service), &wait, &ready_ns, &err), 0);
    assert_in_range(ready_ns, before_ns, clock_now_ns());
    wrong_service_stop(service);
}

static void a_service_that_never_answers_200_is_told_with_its_last_answer(void **state)
{
    struct wrong_service *service = wrong_service_start(FAULT_GARBAGE);
    struct verify_wait wait = {.timeout_ns = 100 * CLOCK_MILLISECOND_NS};
    struct error err = {0};
    uint64_t ready_ns = 77;

    (void)state;
    assert_int_equal(verify_ready(wrong_service_url(service), &wait, &ready_ns, &err), -1);
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(err.message, "GET /healthz was not answered with 200 within 100 ms: no answer in HTTP/1.1"));
    assert_int_equal(ready_ns, 77);
    wrong_service_stop(service);
}

/* Gone at the last question. */
struct late {
    unsigned asked;
    unsigned last;
};

static bool count(void *context)
{
    struct late *late = context;
    return ++late->asked < late->last;
}

static void the_waiting_ends_with_the_service(void **state)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    char *url = mem_string(wrong_service_url(service));
    struct late late = {.last = 3};
    struct verify_wait wait = {.timeout_ns = 30 * CLOCK_SECOND_NS, .alive = count, .service = &late};
    struct error err = {0};
    uint64_t ready_ns = 0;

    (void)state;
    wrong_service_stop(service);
    assert_int_equal(verify_ready(url, &wait, &ready_ns, &err), -1);
    assert_string_equal(err.message, "the service ended before it was ready");
    assert_int_equal(late.asked, 3);
    free(url);
}

static void an_address_that_is_none_is_refused(void **state)
{
    struct verify_wait wait = {.timeout_ns = CLOCK_SECOND_NS};
    struct error err = {0};
    uint64_t ready_ns = 0;

    (void)state;
    assert_int_equal(verify_ready("localhost", &wait, &ready_ns, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_that_answers_is_ready),
        cmocka_unit_test(a_service_that_never_answers_200_is_told_with_its_last_answer),
        cmocka_unit_test(the_waiting_ends_with_the_service),
        cmocka_unit_test(an_address_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
