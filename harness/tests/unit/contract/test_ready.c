#include "contract/verify/ready.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"
#include "wrong_service.h"

#include <stdbool.h>

#include <stdlib.h>
#include <string.h>

TEST(a_service_that_answers_is_ready)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_wait wait = {.path = "/healthz", .timeout_ns = 30 * CLOCK_SECOND_NS};
    struct error err = {0};
    uint64_t before_ns = clock_now_ns();
    uint64_t ready_ns = 0;

    assert_int_equal(verify_ready(wrong_service_url(service), &wait, &ready_ns, &err), 0);
    assert_in_range(ready_ns, before_ns, clock_now_ns());
    wrong_service_stop(service);
}

TEST(a_service_that_never_answers_200_is_told_with_its_last_answer)
{
    struct wrong_service *service = wrong_service_start(FAULT_GARBAGE);
    struct verify_wait wait = {.path = "/healthz", .timeout_ns = 100 * CLOCK_MILLISECOND_NS};
    struct error err = {0};
    uint64_t ready_ns = 77;

    assert_int_equal(verify_ready(wrong_service_url(service), &wait, &ready_ns, &err), -1);
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(
        strstr(err.message, "GET /healthz was not answered with a 2xx within 100 ms: no response in HTTP/1.1"));
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

TEST(the_waiting_ends_with_the_service)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    char *url = mem_string(wrong_service_url(service));
    struct late late = {.last = 3};
    struct verify_wait wait = {.path = "/healthz",
                               .timeout_ns = 30 * CLOCK_SECOND_NS,
                               .alive = count,
                               .service = &late};
    struct error err = {0};
    uint64_t ready_ns = 0;

    wrong_service_stop(service);
    assert_int_equal(verify_ready(url, &wait, &ready_ns, &err), -1);
    assert_string_equal(err.message, "the service ended before it was ready");
    assert_int_equal(late.asked, 3);
    free(url);
}

TEST(an_address_that_is_none_is_refused)
{
    struct verify_wait wait = {.path = "/healthz", .timeout_ns = CLOCK_SECOND_NS};
    struct error err = {0};
    uint64_t ready_ns = 0;

    assert_int_equal(verify_ready("localhost", &wait, &ready_ns, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
}
