/* Limits of single requests: each is judged as if its request were all there is, and breaks with a capacity and a place
 * in the order of its own. */
#include "analysis/capacity/limit_order.h"

#include "base/mem.h"
#include "judging.h"
#include "log_builder.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static const char text[] =
    "{\"schema\": 1, \"name\": \"shop\", \"why\": \"two kinds of requests\", \"requests\": ["
    "{\"name\": \"browse\", \"weight\": 4, \"path\": \"/\"},"
    "{\"name\": \"checkout\", \"path\": \"/c\", \"limits\": {\"p99\": \"20ms\", \"errors\": \"1%\"}},"
    "{\"name\": \"pay\", \"path\": \"/p\", \"limits\": {\"errors\": \"2%\"}}],"
    "\"double\": {\"what\": \"rate\", \"from\": 500, \"steps\": 4},"
    "\"limits\": {\"p99\": \"50ms\", \"errors\": \"10%\", \"throughput\": \"80%\"}}";

/* What became of the requests of one class: 200 in each interval that take up to 4 ms, */
struct fate {
    uint64_t slow, failed; /* but for so many in each interval, which take 30 ms, or fail */
    size_t from, to;       /* and only in these intervals */
    uint64_t offered;      /* another number than 200; 0: 200 */
    bool unfollowed;       /* an older file, which has no intervals of it */
};

static void take_class(struct request_record *request, const char *name, const struct fate *fate)
{
    struct step_builder builder;
    struct step_record record;

    step_builder_init(&builder, fate->offered > 0 ? fate->offered * 4 : 800);
    if (fate->slow > 0) {
        step_builder_slow(&builder, fate->from, fate->to, fate->slow, 30);
    }
    if (fate->failed > 0) {
        step_builder_fail(&builder, fate->from, fate->to, fate->failed, FAILURE_STATUS);
    }
    step_builder_make(&builder, &record);
    request->name = mem_string(name);
    request->tally = record.load.tally;
    histogram_add(&request->response, &record.load.response);
    if (!fate->unfollowed) {
        request->intervals = record.load.intervals;
        record.load.intervals = NULL;
        record.load.interval_count = 0;
    }
    step_record_release(&record);
}

static void add_classes(struct load_record *load, const struct fate *checkout, const struct fate *pay)
{
    static const struct fate fine = {0};

    load_record_init_requests(load, 3);
    load->requests[0].name = mem_string("browse");
    take_class(&load->requests[1], "checkout", checkout != NULL ? checkout : &fine);
    take_class(&load->requests[2], "pay", pay != NULL ? pay : &fine);
}

/* A run of one step in which all requests together keep every limit. */
struct one_step {
    struct run_log log;
    struct findings findings;
    const struct step_verdict *verdict;
};

static void one_step_init(struct one_step *one, const struct fate *checkout, const struct fate *pay)
{
    struct step_builder builder = healthy_step();

    log_builder_init(&one->log);
    free(one->log.run.scenario_text);
    one->log.run.scenario_text = mem_string(text);
    log_builder_backend(&one->log, builder.backend);
    add_classes(&log_builder_step(&one->log, &builder)->load, checkout, pay);
    one->findings = log_builder_findings(&one->log);
    one->verdict = &one->findings.backends[0].steps[0].verdict;
}

static void one_step_release(struct one_step *one)
{
    findings_release(&one->findings);
    run_log_release(&one->log);
}

static const struct limit_judgement *judgement_of(const struct one_step *one, size_t index, enum limit limit)
{
    return &one->verdict->limits[limit_place_of_request(index, limit)];
}

TEST(requests_that_keep_their_limits_hold_by_themselves)
{
    struct one_step one;

    one_step_init(&one, NULL, NULL);
    assert_int_equal(one.verdict->verdict, VERDICT_PASS);
    assert_int_equal(judgement_of(&one, 0, LIMIT_LATENCY)->state, LIMIT_HOLDS);
    assert_int_equal(judgement_of(&one, 0, LIMIT_ERRORS)->state, LIMIT_HOLDS);
    assert_int_equal(judgement_of(&one, 1, LIMIT_ERRORS)->state, LIMIT_HOLDS);
    assert_int_equal(judgement_of(&one, 1, LIMIT_LATENCY)->state, LIMIT_NOT_JUDGED);
    assert_string_equal(judgement_of(&one, 0, LIMIT_LATENCY)->request, "checkout");
    assert_int_equal(one.verdict->limits[LIMIT_LATENCY].state, LIMIT_HOLDS);
    assert_null(one.verdict->limits[LIMIT_LATENCY].request);
    one_step_release(&one);
}

TEST(one_slow_request_breaks_its_own_limit_and_says_when)
{
    struct one_step one;

    one_step_init(&one, &(struct fate){.slow = 40, .from = 8, .to = 20}, NULL);
    assert_int_equal(one.verdict->verdict, VERDICT_BREAK);
    assert_int_equal(one.verdict->breach_count, 1);
    const struct breach *breach = &one.verdict->breaches[0];
    assert_int_equal(breach->limit, LIMIT_LATENCY);
    assert_string_equal(breach->request, "checkout");
    assert_int_equal(breach->at_ns, 9 * BUILT_INTERVAL_MS * MS);
    assert_float_equal(breach->observed, 30e6, 0.5e6);
    assert_true(breach->allowed == 20e6);
    assert_int_equal(one.verdict->limits[LIMIT_LATENCY].state, LIMIT_HOLDS);
    one_step_release(&one);
}

TEST(failures_of_one_request_break_its_own_limit)
{
    struct one_step one;

    one_step_init(&one, NULL, &(struct fate){.failed = 20, .from = 0, .to = 20});
    assert_int_equal(one.verdict->breach_count, 1);
    assert_int_equal(one.verdict->breaches[0].limit, LIMIT_ERRORS);
    assert_string_equal(one.verdict->breaches[0].request, "pay");
    assert_float_equal(one.verdict->breaches[0].observed, 0.1, 1e-9);
    assert_int_equal(judgement_of(&one, 0, LIMIT_ERRORS)->state, LIMIT_HOLDS);
    one_step_release(&one);
}

TEST(too_few_of_one_request_do_not_decide)
{
    struct one_step one;

    one_step_init(&one, &(struct fate){.offered = 40}, NULL); /* 800 in all: no p99 */
    assert_int_equal(judgement_of(&one, 0, LIMIT_LATENCY)->state, LIMIT_UNDECIDED);
    assert_int_equal(one.verdict->verdict, VERDICT_UNDECIDED);
    one_step_release(&one);
}

TEST(a_record_without_its_intervals_is_judged_as_one)
{
    struct one_step one;

    one_step_init(&one, NULL, &(struct fate){.failed = 120, .from = 0, .to = 20, .unfollowed = true});
    assert_int_equal(one.verdict->breach_count, 1);
    assert_string_equal(one.verdict->breaches[0].request, "pay");
    assert_int_equal(one.verdict->breaches[0].at_ns, BUILT_MEASURED_MS * MS);
    one_step_release(&one);
}

TEST(the_tightest_limit_says_what_lag_is_too_much)
{
    struct step_builder builder = healthy_step();
    struct one_step one;

    builder.lag_us = 3000; /* over a tenth of 20 ms, below one of 50 ms */
    log_builder_init(&one.log);
    free(one.log.run.scenario_text);
    one.log.run.scenario_text = mem_string(text);
    log_builder_backend(&one.log, builder.backend);
    add_classes(&log_builder_step(&one.log, &builder)->load, NULL, NULL);
    one.findings = log_builder_findings(&one.log);
    assert_true(one.findings.backends[0].steps[0].verdict.invalid[INVALID_SEND_LAG]);
    one_step_release(&one);
}

/* Loads of which checkout is slow from the third on, and all is slow from the fourth on. */
static void make_climb(struct run_log *log)
{
    for (unsigned trial = 0; trial < 2; trial++) {
        for (unsigned i = 0; i < 4; i++) {
            struct step_builder builder;
            const struct fate slow = {.slow = 150, .from = 0, .to = i >= 2 ? 20 : 0};
            step_builder_init(&builder, 500 << i);
            builder.trial = trial;
            builder.index = i;
            if (i == 3) {
                step_builder_slow(&builder, 0, BUILT_INTERVALS, 600, 80);
            }
            add_classes(&log_builder_step(log, &builder)->load, &slow, NULL);
        }
    }
}

TEST(it_has_a_capacity_and_a_place_in_the_order_as_any_other_limit)
{
    struct run_log log;
    struct text name = {0};

    log_builder_init(&log);
    free(log.run.scenario_text);
    log.run.scenario_text = mem_string(text);
    log_builder_backend(&log, "c");
    make_climb(&log);
    for (size_t i = 0; i < log.step_count; i++) {
        free(log.steps[i].backend);
        log.steps[i].backend = mem_string("c");
    }
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *backend = &findings.backends[0];
    const struct limit_capacity *first = &backend->limits[0];
    limit_write(&name, first->limit, first->request);
    assert_string_equal(name.data, "latency of checkout");
    assert_int_equal(first->order, 1);
    assert_int_equal(first->holds_at, 1000);
    assert_int_equal(first->breaks_at, 2000);
    assert_int_equal(first->first_in, 2);
    assert_int_equal(backend->holds_at, 1000);
    assert_int_equal(backend->breaks_at, 2000);
    const struct limit_capacity *all = limit_order_of(backend, LIMIT_LATENCY);
    assert_non_null(all);
    assert_null(all->request);
    assert_int_equal(all->holds_at, 2000);
    assert_int_equal(all->breaks_at, 4000);
    assert_true(all->order > 1);
    text_release(&name);
    findings_release(&findings);
    run_log_release(&log);
}
