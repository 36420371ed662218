#include "bench/step.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "bench/dependency/step_watch.h"
#include "plan/scenario/limits.h"
#include "record/thinning/thinned_load.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLE_EVERY_NS (100 * CLOCK_MILLISECOND_NS)
#define MICROSECOND_NS  (CLOCK_MILLISECOND_NS / 1000)

/* A reading takes longer than a microsecond: what is below it is noise, and a third of the bytes of a run log. */
static void round_to_microseconds(struct sample *sample)
{
    uint64_t *const times[] = {&sample->at_ns,        &sample->cost_ns,
                               &sample->cpu_ns,       &sample->busiest_thread_cpu_ns,
                               &sample->run_delay_ns, &sample->block_wait_ns};

    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        *times[i] -= *times[i] % MICROSECOND_NS;
    }
}

/* Whether requests reach the service through an interface of its host that is not loopback. */
static bool over_network(const struct instance *instance)
{
    static const char loopback[] = "127.";

    if (instance->attached != NULL) {
        return instance->attached->remote;
    }
    return strncmp(instance->host, loopback, strlen(loopback)) != 0;
}

static void take_sample(struct step_record *record, const struct instance *instance)
{
    struct watch *watch = instance->watch;
    struct runtime_sample runtime;
    struct sample *sample = list_add(record->samples, record->sample_count);

    watch_sample(watch, sample);
    round_to_microseconds(sample);
    if (!over_network(instance)) { /* what the link carries is not this load */
        sample->link_received_bytes = sample->link_sent_bytes = sample->link_bytes_per_s = 0;
    }
    if (watch_runtime(watch, &runtime)) {
        *list_add(record->runtime, record->runtime_count) = runtime;
    }
}

/* The last sample before the one of index `end` that has the part; NULL: there is none. */
static const struct sample *last_with(const struct step_record *record, size_t end, enum sample_part part)
{
    while (end > 0 && (record->samples[end - 1].absent & part) != 0) {
        end--;
    }
    return end > 0 ? &record->samples[end - 1] : NULL;
}

/* The CPU time that the service used between the last two samples that have it, in cores; NAN: not known. */
static double cores_in_use(const struct step_record *record)
{
    const struct sample *now = last_with(record, record->sample_count, SAMPLE_CPU);
    const struct sample *before = now != NULL ? last_with(record, (size_t)(now - record->samples), SAMPLE_CPU) : NULL;

    if (before == NULL) {
        return NAN;
    }
    return (double)(now->cpu_ns - before->cpu_ns) / (double)(now->at_ns - before->at_ns);
}

static uint64_t bytes_in_use(const struct step_record *record)
{
    const struct sample *now = last_with(record, record->sample_count, SAMPLE_MEMORY);
    return now != NULL ? now->rss_bytes : 0;
}

static double per_second(uint64_t count, uint64_t length_ns)
{
    return length_ns > 0 ? (double)count * 1e9 / (double)length_ns : 0;
}

static uint64_t less(uint64_t from, uint64_t amount)
{
    return from > amount ? from - amount : 0;
}

static void tell(const struct step_run *step, const struct step_record *record, uint64_t started_ns)
{
    const struct planned_step *planned = step->planned;
    const struct progress *progress = step->run->progress;
    uint64_t length_ns = planned->warmup_ns + planned->measure_ns;
    uint64_t passed_ns = less(clock_now_ns(), started_ns);
    struct loader_live live;

    crew_live(step->crew, &live);
    progress->live(progress->context, &(struct progress_live){
                                          .backend = step->backend,
                                          .trial = step->trial,
                                          .level = planned->level,
                                          .done = passed_ns < length_ns ? (double)passed_ns / (double)length_ns : 1,
                                          .good_rps = per_second(live.good, less(passed_ns, planned->warmup_ns)),
                                          .p50_ns = live.p50_ns,
                                          .p99_ns = live.p99_ns,
                                          .in_flight = live.in_flight,
                                          .connections = live.connections,
                                          .service_cores = cores_in_use(record),
                                          .rss_bytes = bytes_in_use(record),
                                          .left_ns = less(step->left_ns, passed_ns),
                                      });
}

/* Tells of the wrong response, if there is one. Returns whether it did. */
static bool tell_wrong(const struct step_run *step, const struct wrong_response *wrong)
{
    const struct progress *progress = step->run->progress;

    if (wrong == NULL || progress->wrong == NULL) {
        return false;
    }
    progress->wrong(progress->context, &(struct progress_wrong){.backend = step->backend,
                                                                .level = step->planned->level,
                                                                .phase = step->phase,
                                                                .response = wrong});
    return true;
}

/* Returns whether a wrong response was told of. */
static bool watch(const struct step_run *step, struct step_record *record, uint64_t started_ns)
{
    uint64_t next_ns = clock_now_ns(), now_ns;
    bool stopping = false, told = false;

    do {
        take_sample(record, step->instance);
        instance_look(step->instance);
        step_watch_sample(step->run->dependencies, record);
        tell(step, record, started_ns);
        told = told || tell_wrong(step, crew_first_wrong(step->crew));
        if (atomic_load(step->run->stop) && !stopping) {
            stopping = true;
            crew_stop(step->crew);
        }
        next_ns += SAMPLE_EVERY_NS;
        now_ns = clock_now_ns();
        if (next_ns < now_ns) {
            next_ns = now_ns;
        }
    } while (!crew_wait(step->crew, next_ns - now_ns));
    return told;
}

/* What is judged now is what is read again later. */
static void thin(const struct scenario *scenario, struct load_record *load)
{
    const struct request_limits_list *own = &scenario->request_limits;
    uint64_t *limits_ns = mem_new(own->count + 1, sizeof *limits_ns);
    double *percentiles = NULL;
    size_t count = 0;

    limits_ns[own->count] = scenario->limits.latency_ns;
    for (size_t i = 0; i < own->count; i++) {
        limits_ns[i] = own->items[i].limits.latency_ns;
    }
    for (const struct percentile *each = limits_percentiles; each->name != NULL; each++) {
        *list_add(percentiles, count) = each->share;
    }
    thinned_load_make(load, &(struct thinning){limits_ns, own->count + 1, percentiles, count});
    free(limits_ns);
    free(percentiles);
}

/* "38, 16, 6, 4"; NULL: one process holds all connections. */
static char *spread_of(const struct watch *watch)
{
    size_t count;
    uint64_t *held = watch_connections(watch, &count);
    struct text out = {0};

    for (size_t i = 0; i < count && count > 1; i++) {
        text_format(&out, "%s%" PRIu64, i > 0 ? ", " : "", held[i]);
    }
    free(held);
    return out.length > 0 ? text_take(&out) : NULL;
}

int step_run(const struct step_run *step, struct step_record *ret_record, struct error *err)
{
    const struct planned_step *planned = step->planned;
    struct step_record record = {
        .backend = mem_string(step->backend),
        .trial = step->trial,
        .index = planned->index,
        .attempt = step->attempt,
        .not_watched = step->instance->attached == NULL && step->instance->not_watched != NULL,
        .seed = planned->seed & INT64_MAX,
        .phase = step->phase,
        .level = planned->level,
        .rate = planned->rate,
        .connections = planned->connections,
    };

    if (step->run->dependencies != NULL) {
        step_watch_begin(step->run->dependencies, &record);
    }
    watch_reset_peak(step->instance->watch);
    crew_start(step->crew, planned);
    bool told = watch(step, &record, crew_start_ns(step->crew));
    if (crew_finish(step->crew, &record.load, &record.generators, err) != 0) {
        step_record_release(&record);
        return -1;
    }
    thin(step->run->scenario, &record.load);
    if (!told) {
        tell_wrong(step, record.load.first_wrong); /* it came after the last look, or to another generator */
    }
    step_watch_end(step->run->dependencies, &record);
    if (!record.not_watched) {
        watch_memory(step->instance->watch, &record.memory);
        record.worker_connections = spread_of(step->instance->watch);
    }
    instance_death(step->instance, &record.death);
    if (atomic_load(step->run->stop)) {
        step_record_release(&record);
        return error_stopped(err);
    }
    *ret_record = record;
    return 0;
}
