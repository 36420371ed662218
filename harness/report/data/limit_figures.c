#include "report/data/limit_figures.h"

#include "report/data/figure.h"
#include "report/words/stall_phrase.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* The estimate, or the highest load that held. */
static json_t *capacity_of(const struct limit_capacity *capacity)
{
    if (!isnan(capacity->capacity)) {
        return figure_number(capacity->capacity);
    }
    return figure_where(capacity->holds, figure_count(capacity->holds_at));
}

json_t *limit_figures_name(enum limit limit, const char *request)
{
    struct text name = {0};

    limit_write(&name, limit, request);
    return figure_words(&name);
}

static json_t *limit_of(const struct limit_capacity *capacity, bool rate)
{
    return figures_object((struct figure[]){
        {"limit", limit_figures_name(capacity->limit, capacity->request)},
        {"request", figure_in(capacity->request != NULL, figure_text(capacity->request))},
        {"order", figure_count(capacity->order)},
        {"capacity_rps", figure_where(rate, capacity_of(capacity))},
        {"holds_at_rps", figure_where(rate && capacity->holds, figure_count(capacity->holds_at))},
        {"breaks_at_rps", figure_where(rate && capacity->breaks, figure_count(capacity->breaks_at))},
        {"low_rps", figure_where(rate, figure_number(capacity->low))},
        {"high_rps", figure_where(rate, figure_number(capacity->high))},
        {"capacity_level", capacity_of(capacity)},
        {"holds_at_level", figure_where(capacity->holds, figure_count(capacity->holds_at))},
        {"breaks_at_level", figure_where(capacity->breaks, figure_count(capacity->breaks_at))},
        {"low_level", figure_number(capacity->low)},
        {"high_level", figure_number(capacity->high)},
        {"estimated", json_boolean(!isnan(capacity->capacity))},
        {"first_in", figure_count(capacity->first_in)},
        {"trials", figure_count(capacity->trials)},
        {NULL, NULL},
    });
}

json_t *limit_figures(const struct findings *findings, const struct backend_finding *backend)
{
    bool rate = findings->scenario.doubling == DOUBLING_RATE;
    json_t *array = json_array();

    for (size_t i = 0; i < backend->limit_count; i++) {
        json_array_append_new(array, limit_of(&backend->limits[i], rate));
    }
    return array;
}

static json_t *time_share_ms(double share, const struct stall_host *host)
{
    return figure_number(share * (double)(host->to_ns - host->from_ns) / 1e6);
}

static json_t *host_in_words(const struct stall_finding *stall)
{
    struct text words = {0};

    stall_phrase_host(&words, stall);
    return figure_words(&words);
}

/* null where that part was not read. */
static json_t *counted(const struct host_usage *usage, enum sample_part part, uint64_t count)
{
    return figure_where(host_usage_has(usage, part), figure_count(count));
}

static json_t *host_of(const struct stall_finding *stall)
{
    const struct stall_host *host = &stall->host;
    const struct host_usage *usage = &host->usage, *step = &stall->step->usage.host;
    json_t *object = figures_object((struct figure[]){
        {"from_ms", figure_ms(host->from_ns)},
        {"to_ms", figure_ms(host->to_ns)},
        {"service_cores", figure_number(usage->service_cores)},
        {"service_cores_in_step", figure_where(step->known, figure_number(step->service_cores))},
        {"run_delay_ms", time_share_ms(usage->run_delay_share, host)},
        {"memory_before_bytes", figure_known(host->memory_before_bytes)},
        {"memory_after_bytes", figure_known(host->memory_after_bytes)},
        {"accept_queue_peak", counted(usage, SAMPLE_ACCEPT_QUEUE, usage->accept_queue_peak)},
        {"accept_queue_overflows", counted(usage, SAMPLE_MACHINE, usage->accept_queue_overflows)},
        {"stopped_share", figure_number(usage->stopped_share)},
        {"throttled_share", figure_number(usage->throttled_share)},
        {"disk_blocked_share", figure_number(usage->blocked_share)},
        {"disk_wait_ms", time_share_ms(usage->block_wait_share, host)},
        {"major_faults", counted(usage, SAMPLE_THREADS, usage->major_faults)},
        {"swapped_pages", counted(usage, SAMPLE_MACHINE, usage->swapped_pages)},
        {"retransmits", counted(usage, SAMPLE_MACHINE, usage->retransmits)},
        {"foreign_share", figure_number(host->foreign_share)},
        {"steal_share", figure_number(host->steal_share)},
        {"in_words", host_in_words(stall)},
        {NULL, NULL},
    });
    return figure_where(host->known, object);
}

json_t *limit_figures_stalls(const struct findings *findings, const struct backend_finding *backend)
{
    bool rate = findings->scenario.doubling == DOUBLING_RATE;
    json_t *array = json_array();

    for (size_t i = 0; i < backend->stall_count; i++) {
        const struct stall_finding *stall = &backend->stalls[i];
        json_t *object = figures_object((struct figure[]){
            {"load_rps", figure_where(rate, figure_count(stall->level))},
            {"level", figure_count(stall->level)},
            {"trial", figure_count((uint64_t)stall->trial + 1)},
            {"at_ms", figure_ms(stall->at_ns)},
            {"length_ms", figure_ms(stall->length_ns)},
            {"limit", limit_figures_name(stall->limit, stall->request)},
            {"request", figure_in(stall->request != NULL, figure_text(stall->request))},
            {"host", host_of(stall)},
            {NULL, NULL},
        });
        json_array_append_new(array, object);
    }
    return array;
}

json_t *limit_figures_of_step(const struct step_finding *step)
{
    json_t *object = json_object();

    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        const struct limit_judgement *judgement = &step->verdict.limits[i];
        bool share = judgement->share.of > 0;
        struct share_bounds bounds;
        struct text name = {0};
        if (judgement->state == LIMIT_NOT_JUDGED) {
            continue;
        }
        share_bounds_find(&judgement->share, &bounds);
        limit_write(&name, limit_of_place(i), judgement->request);
        json_object_set_new(object, name.data,
                            figures_object((struct figure[]){
                                {"request", figure_in(judgement->request != NULL, figure_text(judgement->request))},
                                {"state", figure_text(limit_state_name(judgement->state))},
                                {"observed", figure_number(judgement->observed)},
                                {"allowed", figure_number(judgement->allowed)},
                                {"share", figure_where(share, figure_number(bounds.share))},
                                {"share_low", figure_where(share, figure_number(bounds.low))},
                                {"share_high", figure_where(share, figure_number(bounds.high))},
                                {"share_allowed", figure_where(share, figure_number(judgement->allowed_share))},
                                {NULL, NULL},
                            }));
        text_release(&name);
    }
    return object;
}
