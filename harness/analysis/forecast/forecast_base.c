#include "analysis/forecast/forecast_base.h"

#include "analysis/capacity/capacity.h"
#include "analysis/usage/service_place.h"

struct forecast_terms forecast_base_limits(const struct findings *findings, const struct backend_finding *backend)
{
    struct forecast_terms terms = {.scenario = &findings->scenario, .service_core_count = backend->core_count};

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct host_usage *host = &backend->steps[i].usage.host;
        if (host->quota_cores > 0 && (terms.quota_cores == 0 || host->quota_cores < terms.quota_cores)) {
            terms.quota_cores = host->quota_cores;
        }
        if (host->memory_limit_bytes > 0 &&
            (terms.memory_limit_bytes == 0 || host->memory_limit_bytes < terms.memory_limit_bytes)) {
            terms.memory_limit_bytes = host->memory_limit_bytes;
        }
    }
    return terms;
}

struct forecast_terms forecast_base_terms(const struct findings *findings, const struct backend_finding *backend,
                                          const struct step_record *step)
{
    struct forecast_terms terms = forecast_base_limits(findings, backend);

    terms.step_ns = profile_warmup_ns(findings->profile, findings->scenario.warmup_ns) + step->load.measured_ns;
    return terms;
}

/* A valid step of the ladder, in its last repetition. */
static bool counts(const struct backend_finding *backend, size_t index)
{
    const struct step_finding *step = &backend->steps[index];
    return step->record->phase == PHASE_LADDER && step->verdict.verdict != VERDICT_INVALID &&
           !capacity_repeated(backend, index);
}

void forecast_base_observe(const struct findings *findings, const struct step_finding *step,
                           struct forecast_point *ret_point)
{
    if (findings->scenario.spikes > 0) {
        forecast_observe_spikes(step->record, &step->usage, ret_point);
    } else {
        forecast_observe(step->record, &step->usage, ret_point);
    }
}

void forecast_base_read(const struct findings *findings, const struct backend_finding *backend, unsigned trial,
                        uint64_t level, struct forecast_base *ret_base)
{
    struct forecast_base base = {.count = 0};

    for (size_t i = 0; i < backend->step_count && base.count < FORECAST_BASE_MOST; i++) {
        const struct step_record *record = backend->steps[i].record;
        uint64_t highest = base.count > 0 ? base.points[base.count - 1].level : 0;
        if (record->trial == trial && counts(backend, i) && record->level < level && record->level > highest) {
            forecast_base_observe(findings, &backend->steps[i], &base.points[base.count]);
            base.records[base.count++] = record;
        }
    }
    *ret_base = base;
}
