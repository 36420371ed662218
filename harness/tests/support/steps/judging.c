#include "judging.h"

#include "test.h"

const struct limits usual_limits = {.percentile = 0.99,
                                    .latency_ns = 50 * MS,
                                    .error_share = 0.001,
                                    .throughput_share = 0.95,
                                    .memory_bytes = 512 << 20};

struct step_builder healthy_step(void)
{
    struct step_builder builder;
    step_builder_init(&builder, 2000);
    return builder;
}

struct step_verdict judge_record(const struct step_record *record, const struct limits *limits,
                                 const struct traffic *traffic, bool cores_shared)
{
    const struct verdict_terms terms = {.limits = limits, .traffic = traffic, .cores_shared = cores_shared};
    struct step_usage usage;
    struct step_verdict verdict;

    step_usage_find(record, JUDGING_CORES, &usage);
    verdict_judge(record, &usage.host, &terms, &verdict);
    return verdict;
}

struct step_verdict judged(const struct step_builder *builder, const struct limits *limits)
{
    struct step_record record;

    step_builder_make(builder, &record);
    struct step_verdict verdict = judge_record(&record, limits, NULL, false);
    step_record_release(&record);
    return verdict;
}

void check_passes(const struct step_builder *builder, const struct limits *limits)
{
    struct step_verdict verdict = judged(builder, limits);

    check_order(&verdict, NULL, 0);
    assert_string_equal(verdict_name(verdict.verdict), "pass");
}

void check_order(const struct step_verdict *verdict, const enum limit *order, size_t count)
{
    assert_int_equal(verdict->breach_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(limit_name(verdict->breaches[i].limit), limit_name(order[i]));
        assert_true(i == 0 || verdict->breaches[i - 1].at_ns <= verdict->breaches[i].at_ns);
    }
}

struct breach check_breaks(const struct step_builder *builder, const struct limits *limits, enum limit limit,
                           uint64_t at_ms)
{
    struct step_verdict verdict = judged(builder, limits);

    check_order(&verdict, &limit, 1);
    assert_string_equal(verdict_name(verdict.verdict), "break");
    assert_int_equal(verdict.breaches[0].at_ns, at_ms * MS);
    return verdict.breaches[0];
}

void check_within(const struct step_builder *builder, const struct limits *limits)
{
    struct step_verdict verdict = judged(builder, limits);

    assert_int_equal(verdict.breach_count, 0);
    for (int i = 0; i < LIMIT_COUNT; i++) {
        assert_false(verdict.limits[i].over);
    }
}

struct breach check_violated(const struct step_builder *builder, const struct limits *limits, enum limit limit,
                             uint64_t at_ms)
{
    struct step_verdict verdict = judged(builder, limits);
    const struct limit_judgement *judgement = &verdict.limits[limit];
    struct step_record record;

    for (int i = 0; i < LIMIT_COUNT; i++) {
        assert_int_equal(verdict.limits[i].over, i == (int)limit);
    }
    assert_true(verdict.verdict == VERDICT_BREAK || verdict.verdict == VERDICT_UNDECIDED);
    assert_int_equal(verdict.verdict == VERDICT_BREAK, judgement->state == LIMIT_BREAKS);
    step_builder_make(builder, &record);
    uint64_t at_ns = breach_first_ns(&record, limits, limit);
    step_record_release(&record);
    assert_int_equal(at_ns, at_ms * MS);
    return (
        struct breach){.limit = limit, .at_ns = at_ns, .observed = judgement->observed, .allowed = judgement->allowed};
}

void check_same_host(const struct host_usage *a, const struct host_usage *b)
{
    assert_int_equal(a->known, b->known);
    assert_true(a->service_cores == b->service_cores && a->busiest_thread_share == b->busiest_thread_share &&
                a->service_cores_busy == b->service_cores_busy && a->run_delay_share == b->run_delay_share &&
                a->steal_share == b->steal_share && a->foreign_cores == b->foreign_cores);
    assert_true(a->rss_first_bytes == b->rss_first_bytes && a->rss_peak_bytes == b->rss_peak_bytes &&
                a->file_descriptors_peak == b->file_descriptors_peak &&
                a->accept_queue_overflows == b->accept_queue_overflows && a->retransmits == b->retransmits);
}

struct step_verdict check_invalid(const struct step_builder *builder, const struct limits *limits, enum invalidity only)
{
    struct step_verdict verdict = judged(builder, limits);

    assert_string_equal(verdict_name(verdict.verdict), "invalid");
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        assert_int_equal(verdict.invalid[i], i == (int)only);
    }
    return verdict;
}

void check_valid(const struct step_builder *builder, const struct limits *limits, enum verdict expected)
{
    struct step_verdict verdict = judged(builder, limits);

    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        assert_false(verdict.invalid[i]);
    }
    assert_string_equal(verdict_name(verdict.verdict), verdict_name(expected));
}
