#include "forecasts_case.h"

#include "report_cases.h"

#include <stdint.h>

static void hold(struct findings_builder *builder, uint64_t level)
{
    struct step_spec spec = {level, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5, 6, (double)level / 72000, 0.1, 60};
    builder_step(builder, 0, &spec);
}

static void slow(struct findings_builder *builder, uint64_t level, enum cause cause)
{
    double cores = builder_cores(cause);
    struct step_spec spec = {level, VERDICT_BREAK, 0.998, FAILURE_TIMEOUT, 91, 310, cores, 0.99, 96};

    builder_step(builder, 0, &spec);
    builder_breach(builder, LIMIT_LATENCY, 1250, 310e6);
    builder_cause(builder, cause);
}

static const uint64_t second_ns = UINT64_C(1000000000);

static void nothing_breaks(struct findings_builder *builder)
{
    struct early_warning next = {.next_known = true,
                                 .next_breaks = true,
                                 .next_level = 256000,
                                 .next_signal = SIGNAL_CPU,
                                 .next_expected = 2.6,
                                 .next_limit = 1.9};
    struct recovery_finding calm = {.recovered = true,
                                    .after_ns = second_ns / 10,
                                    .within_ns = 10 * second_ns,
                                    .idle_bytes = 12 << 20,
                                    .highest_bytes = 40 << 20,
                                    .held_bytes = 11 << 20};

    builder_backend(builder, "rust", "Rust", "axum");
    hold(builder, 128000);
    builder_early_warning(builder, &next);
    builder_recovery(builder, &calm);
}

static void a_thread_is_seen_to_fill(struct findings_builder *builder)
{
    struct early_warning thread = {.asked = true,
                                   .steps_before = 1,
                                   .signal = SIGNAL_THREAD,
                                   .seen = 0.71,
                                   .limit = 0.9,
                                   .expected = 1.42,
                                   .expected_at = 32000,
                                   .seen_at = 16000,
                                   .alarms = {.alarms = 2, .right = 1, .false_alarms = 1},
                                   .scores = {[SIGNAL_CPU] = {5, 0.08, 0, {1, 0, 1, 0}},
                                              [SIGNAL_THREAD] = {5, 0.05, 0, {1, 1, 0, 0}},
                                              [SIGNAL_MEMORY] = {5, 0.031, 0, {0}}}};
    struct recovery_finding quickly = {.recovered = true,
                                       .after_ns = second_ns * 9 / 10,
                                       .within_ns = 11 * second_ns,
                                       .idle_bytes = 12 << 20,
                                       .first_bytes = 20 << 20,
                                       .highest_bytes = 108 << 20,
                                       .held_bytes = 53 << 20};

    builder_backend(builder, "node", "JavaScript", "Fastify");
    hold(builder, 16000);
    slow(builder, 32000, CAUSE_ONE_THREAD);
    builder_breach(builder, LIMIT_ERRORS, 2800, 0.0312);
    hold(builder, 19027);
    builder_searched(builder);
    slow(builder, 20749, CAUSE_ONE_THREAD);
    builder_searched(builder);
    builder_early_warning(builder, &thread);
    builder_recovery(builder, &quickly);
}

static void cores_fill_and_stay_so(struct findings_builder *builder)
{
    struct early_warning cores = {
        .asked = true,
        .steps_before = 2,
        .signal = SIGNAL_CPU,
        .seen = 0.9,
        .limit = 1.9,
        .expected = 3,
        .expected_at = 32000,
        .seen_at = 8000,
        .alarms = {.alarms = 4, .right = 3, .false_alarms = 1},
        .scores = {[SIGNAL_CPU] = {4, 0.1, 0, {4, 3, 1, 0}}, [SIGNAL_LATENCY] = {4, 2.4, 3, {0, 0, 0, 2}}}};
    struct recovery_finding never = {.within_ns = 10 * second_ns,
                                     .idle_bytes = 12 << 20,
                                     .highest_bytes = 40 << 20,
                                     .held_bytes = (40 << 20) - 4096};

    builder_backend(builder, "go", "Go", "net/http");
    hold(builder, 16000);
    slow(builder, 32000, CAUSE_CPU);
    hold(builder, 18000);
    builder_searched(builder);
    slow(builder, 19800, CAUSE_CPU);
    builder_searched(builder);
    builder_early_warning(builder, &cores);
    builder_recovery(builder, &never);
}

static void nobody_saw_it_coming(struct findings_builder *builder)
{
    struct early_warning unseen = {.asked = true, .alarms = {.misses = 1}};
    struct recovery_finding crashed = {.died = true, .idle_bytes = 12 << 20, .highest_bytes = 40 << 20};

    builder_backend(builder, "python", "Python", "FastAPI");
    hold(builder, 1000);
    slow(builder, 2000, CAUSE_WAITING);
    builder_early_warning(builder, &unseen);
    builder_recovery(builder, &crashed);
}

static void a_warning_is_withdrawn(struct findings_builder *builder)
{
    struct early_warning doubted = {.asked = true,
                                    .withdrawn = true,
                                    .signal = SIGNAL_CPU,
                                    .alarms = {.alarms = 3, .right = 1, .false_alarms = 2},
                                    .scores = {[SIGNAL_CPU] = {3, 0.7, 2, {3, 1, 2, 0}}}};

    builder_backend(builder, "java", "Java", "Undertow");
    hold(builder, 4000);
    slow(builder, 8000, CAUSE_CPU);
    builder_early_warning(builder, &doubted);
}

/* A search, breaks that could be seen coming, one that could not and one of which only a bad signal told, and what came
 * after them. */
void forecasts_case(struct findings_builder *builder)
{
    builder_init(builder, report_cases_catalog);
    nothing_breaks(builder);
    a_thread_is_seen_to_fill(builder);
    cores_fill_and_stay_so(builder);
    a_warning_is_withdrawn(builder);
    nobody_saw_it_coming(builder);
    builder_finish(builder);
}
