#include "bench/step.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "bench/dependency/step_watch.h"

#include <stdlib.h>

#define SAMPLE_EVERY_NS (100 * CLOCK_MILLISECOND_NS)

static struct sample *take_sample(struct step_record *record, struct sampler *sampler)
{
    struct sample *sample = list_add(record->samples, record->sample_count);

    sampler_read(sampler, sample);
    return sample;
}

static void tell(const struct step_run *run, const struct step_record *record, uint64_t started_ns)
{
    const struct planned_step *planned = run->planned;
    const struct sample *now = &record->samples[record->sample_count - 1];
    const struct sample *before = record->sample_count > 1 ? now - 1 : now;
    uint64_t length_ns = planned->warmup_ns + planned->measure_ns;
    uint64_t passed_ns = clock_now_ns() - started_ns;
    double measured = passed_ns > planned->warmup_ns ? (double)(passed_ns - planned->warmup_ns) / 1e9 : 0;
    struct loader_live live;

    loader_live(run->loader, &live);
    run->progress->live(run->progress->context,
                        &(struct progress_live){
                            .backend = run->backend,
                            .trial = run->trial,
                            .level = planned->level,
                            .done = passed_ns < length_ns ? (double)passed_ns / (double)length_ns : 1,
                            .good_rps = measured > 0 ? (double)live.good / measured : 0,
                            .p99_ns = live.p99_ns,
                            .in_flight = live.in_flight,
                            .connections = live.connections,
                            .service_cores = now != before ? (double)(now->cpu_ns - before->cpu_ns) /
                                                                 (double)(now->at_ns - before->at_ns)
                                                           : 0,
                            .rss_bytes = now->rss_bytes,
                            .left_ns = run->left_ns > passed_ns ? run->left_ns - passed_ns : 0,
                        });
}

static void watch(const struct step_run *run, struct step_record *record, uint64_t started_ns)
{
    uint64_t next_ns = started_ns, now_ns;
    bool stopping = false;

    do {
        take_sample(record, run->instance->sampler);
        step_watch_sample(run->dependencies, record);
        tell(run, record, started_ns);
        if (atomic_load(run->stop) && !stopping) {
            stopping = true;
            loader_stop(run->loader);
        }
        next_ns += SAMPLE_EVERY_NS;
        now_ns = clock_now_ns();
        next_ns = next_ns > now_ns ? next_ns : now_ns;
    } while (!loader_wait(run->loader, next_ns - now_ns));
}

int step_run(const struct step_run *run, struct step_record *ret_record, struct error *err)
{
    const struct planned_step *planned = run->planned;
    struct step_record record = {
        .backend = mem_string(run->backend),
        .trial = run->trial,
        .index = planned->index,
        .phase = run->phase,
        .level = planned->level,
        .rate = planned->rate,
        .connections = planned->connections,
    };

    if (run->dependencies != NULL) {
        step_watch_begin(run->dependencies, &record);
    }
    sampler_reset_peak(run->instance->sampler);
    uint64_t started_ns = clock_now_ns();
    loader_start(run->loader, planned);
    watch(run, &record, started_ns);
    loader_finish(run->loader, &record.load);
    step_watch_end(run->dependencies, &record);
    sampler_memory(run->instance->sampler, &record.memory);
    instance_death(run->instance, &record.death);
    if (atomic_load(run->stop)) {
        step_record_release(&record);
        return error_stopped(err);
    }
    *ret_record = record;
    return 0;
}
