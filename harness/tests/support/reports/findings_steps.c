/* What is to be said of the last step of a findings builder. */
#include "base/mem.h"
#include "findings_builder.h"

#include <string.h>

void builder_breach(struct findings_builder *builder, enum limit limit, double at_ms, double observed)
{
    const struct limits *limits = &builder->findings.scenario.limits;
    struct step_verdict *verdict = &builder->step->verdict;
    double allowed[LIMIT_COUNT] = {
        [LIMIT_LATENCY] = (double)limits->latency_ns,
        [LIMIT_ERRORS] = limits->error_share,
        [LIMIT_THROUGHPUT] = limits->throughput_share,
        [LIMIT_MEMORY] = (double)limits->memory_bytes,
    };

    verdict->breaches[verdict->breach_count++] = (struct breach){.limit = limit,
                                                                 .at_ns = (uint64_t)(at_ms * 1e6),
                                                                 .observed = observed,
                                                                 .allowed = allowed[limit]};
}

void builder_breach_of(struct findings_builder *builder, enum expectation of)
{
    struct step_verdict *verdict = &builder->step->verdict;
    verdict->breaches[verdict->breach_count - 1].of = of;
}

void builder_classes(struct findings_builder *builder, const struct built_class *classes, size_t count)
{
    const struct traffic *traffic = &builder->findings.scenario.traffic;
    struct load_record *load = &((struct step_record *)builder->step->record)->load;

    built_classes_add(load, classes, count);
    builder->step->classes = request_classes_find(traffic, load, &builder->step->class_count);
    builder->step->expected_successes = request_classes_total(traffic, load, EXPECT_SUCCESS);
    builder->step->expected_errors = request_classes_total(traffic, load, EXPECT_ERROR);
}

static void show(struct cause_finding *finding, const char *key, double value)
{
    finding->evidence[finding->evidence_count++] = (struct evidence){key, value};
}

double builder_cores(enum cause cause)
{
    if (cause == CAUSE_ONE_THREAD) {
        return 1.04;
    }
    return cause == CAUSE_WAITING ? 0.31 : 1.97;
}

void builder_cause(struct findings_builder *builder, enum cause cause)
{
    struct step_finding *step = builder->step;

    step->cause.cause = cause;
    if (step->usage.host.service_cores > 0) {
        show(&step->cause, "service_cpu_share", step->usage.host.service_cores / 2);
        show(&step->cause, "service_cores_busy_share", step->usage.host.service_cores_busy);
        show(&step->cause, "busiest_thread_share", step->usage.host.busiest_thread_share);
        show(&step->cause, "run_delay_share", 0.0625);
    }
    if (cause == CAUSE_BACKLOG) {
        show(&step->cause, "accept_queue_overflows", 1234);
    }
}

void builder_invalid(struct findings_builder *builder, enum invalidity invalidity)
{
    builder->step->verdict.invalid[invalidity] = true;
    builder->step->cause.cause = CAUSE_GENERATOR;
}

void builder_disturbed(struct findings_builder *builder, enum disturbance_kind by, double share)
{
    struct disturbance *disturbance = &builder->step->disturbance;

    disturbance->any = disturbance->by[by] = true;
    disturbance->shares[by] = share;
}

void builder_first_wrong(struct findings_builder *builder, const struct wrong_response *wrong)
{
    struct step_record *record = (struct step_record *)builder->step->record;
    record->load.first_wrong = wrong_response_copy(wrong);
}

void builder_death(struct findings_builder *builder, int exit_code, int signal, const char *output)
{
    struct step_record *record = (struct step_record *)builder->step->record;
    record->death =
        (struct death){.died = true, .exit_code = exit_code, .signal = signal, .output = mem_string(output)};
}

void builder_searched(struct findings_builder *builder)
{
    struct step_record *record = (struct step_record *)builder->step->record;
    record->phase = PHASE_SEARCH;
    record->index = builder->findings.scenario.steps + (unsigned)record->level % 1000; /* one that no other has */
}
