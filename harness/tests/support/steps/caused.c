#include "caused.h"

#include "test.h"

#include <string.h>

struct step_builder slow_step(double cores, double busiest_thread)
{
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 4, 20, 60, 75);
    builder.host.cores = cores;
    builder.host.cores_busy = cores;
    builder.host.busiest_thread = busiest_thread;
    return builder;
}

struct cause_finding cause_of_record(const struct step_record *record, unsigned cores)
{
    struct step_verdict verdict = judge_record(record, &usual_limits, NULL, false);
    struct step_usage usage;
    struct cause_finding finding;

    step_usage_find(record, cores, &usage);
    cause_find(record, &verdict, &usage, NULL, &finding);
    return finding;
}

struct cause_finding cause_of(const struct step_builder *builder, unsigned cores)
{
    struct step_record record;

    step_builder_make(builder, &record);
    struct cause_finding finding = cause_of_record(&record, cores);
    step_record_release(&record);
    return finding;
}

void check_cause(const struct step_builder *builder, unsigned cores, enum cause expected)
{
    struct cause_finding finding = cause_of(builder, cores);
    assert_string_equal(cause_name(finding.cause), cause_name(expected));
}

const struct evidence *evidence_of(const struct cause_finding *finding, const char *key)
{
    for (size_t i = 0; i < finding->evidence_count; i++) {
        if (strcmp(finding->evidence[i].key, key) == 0) {
            return &finding->evidence[i];
        }
    }
    return NULL;
}

void check_evidence(const struct cause_finding *finding, const char *key, double value)
{
    const struct evidence *evidence = evidence_of(finding, key);
    assert_non_null(evidence);
    assert_float_equal(evidence->value, value, 1e-6);
}
