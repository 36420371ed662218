#include "step_builder.h"

#include "base/mem.h"

#include <string.h>

#define MIB         1048576.0
#define SECOND_NS   1e9
#define SAMPLE_NS   UINT64_C(100000000)
#define LATE_MS     1500 /* of a response after the deadline */
#define AT_LEAST_MS 1000 /* of a request that was never answered */
#define WARMUP_NS   (BUILT_FIRST_SAMPLE * SAMPLE_NS)
#define MEASURED_NS (BUILT_MEASURED_MS * UINT64_C(1000000))

static uint64_t ns_of(double ms)
{
    return (uint64_t)(ms * 1e6 + 0.5);
}

void step_builder_init(struct step_builder *builder, uint64_t level)
{
    *builder = (struct step_builder){
        .backend = "go",
        .level = level,
        .lag_us = 20,
        .busiest_thread = 0.3,
        .connections = 64,
        .mean_in_flight = -1,
        .host = {.sampled = true,
                 .cores = 0.8,
                 .cores_busy = 0.85,
                 .busiest_thread = 0.3,
                 .run_delay = 0.02,
                 .rss_mib = 60,
                 .file_descriptors = 80},
    };
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        uint64_t offered = level * BUILT_MEASURED_MS / 1000 / BUILT_INTERVALS;
        builder->intervals[i] =
            (struct built_interval){.offered = offered, .usual_ms = 4, .in_flight = level * 3 / 1000};
    }
}

void step_builder_slow(struct step_builder *builder, size_t from, size_t to, uint64_t count, double ms)
{
    for (size_t i = from; i < to; i++) {
        builder->intervals[i].slow = count;
        builder->intervals[i].slow_ms = ms;
    }
}

void step_builder_fail(struct step_builder *builder, size_t from, size_t to, uint64_t count, enum failure failure)
{
    for (size_t i = from; i < to; i++) {
        builder->intervals[i].failed = count;
        builder->intervals[i].failure = failure;
    }
}

void step_builder_queue(struct step_builder *builder, double first, double last)
{
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder->intervals[i].in_flight = (uint64_t)(first + (last - first) * (double)i / (BUILT_INTERVALS - 1) + 0.5);
    }
}

void step_builder_die(struct step_builder *builder, double at_ms, int exit_code, int signal)
{
    builder->death = (struct death){.died = true,
                                    .at_ns = (uint64_t)((double)BUILT_STARTED_NS + at_ms * 1e6),
                                    .exit_code = exit_code,
                                    .signal = signal};
}

/* --- requests ---------------------------------------------------------------------------------------------------- */

static void add_times(struct load_record *load, struct interval *interval, double ms, uint64_t count)
{
    histogram_record_many(&interval->response, ns_of(ms), count);
    histogram_record_many(&load->response, ns_of(ms), count);
}

static void add_responses(struct load_record *load, struct interval *interval, double ms, uint64_t count)
{
    add_times(load, interval, ms, count);
    histogram_record_many(&load->service, ns_of(ms), count);
    interval->tally.sent += count;
    interval->tally.completed += count;
}

static void fail(struct load_record *load, struct interval *interval, const struct built_interval *built)
{
    switch (built->failure) {
    case FAILURE_TIMEOUT:
        add_responses(load, interval, LATE_MS, built->failed);
        break;
    case FAILURE_STATUS:
    case FAILURE_BODY:
        add_responses(load, interval, built->usual_ms, built->failed);
        break;
    case FAILURE_RESET:
    case FAILURE_PROTOCOL:
        interval->tally.sent += built->failed;
        break;
    case FAILURE_UNANSWERED:
        interval->tally.sent += built->failed;
        add_times(load, interval, AT_LEAST_MS, built->failed);
        load->censored += built->failed;
        break;
    case FAILURE_UNSENT:
        add_times(load, interval, AT_LEAST_MS, built->failed);
        load->censored += built->failed;
        break;
    case FAILURE_CONNECT:
    case FAILURE_NONE:
        break;
    }
    if (built->failed > 0) {
        interval->tally.failures[built->failure] = built->failed;
    }
}

static void fill_interval(struct load_record *load, struct interval *interval, const struct built_interval *built)
{
    uint64_t usual = built->offered - built->slow - built->failed;

    interval->tally.offered = built->offered;
    interval->tally.good = usual + built->slow;
    interval->in_flight = built->in_flight;
    for (uint64_t i = 0; i < usual; i++) {
        add_responses(load, interval, built->usual_ms * (0.5 + 0.5 * (double)(i + 1) / (double)usual), 1);
    }
    if (built->slow > 0) {
        add_responses(load, interval, built->slow_ms, built->slow);
    }
    fail(load, interval, built);
}

static void fill_load(const struct step_builder *builder, struct load_record *load)
{
    load_record_init(load, BUILT_INTERVALS);
    load->started_ns = BUILT_STARTED_NS;
    load->measured_ns = MEASURED_NS;
    load->interval_ns = MEASURED_NS / BUILT_INTERVALS;
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        fill_interval(load, &load->intervals[i], &builder->intervals[i]);
        tally_add(&load->tally, &load->intervals[i].tally);
    }
    histogram_record_many(&load->send_lag, ns_of(builder->lag_us / 1000), load->tally.sent);
    load->connections = load->connections_opened = builder->connections;
    load->connections_missing = builder->missing;
    load->threads = 1;
    load->busiest_thread = builder->busiest_thread;
    load->starved_thread = builder->starved_thread;
    load->stood_still = builder->stood_still;
    load->connections_denied = builder->denied;
    load->sessions.denied = builder->turned_away;
    load->cpu_ns = (uint64_t)(builder->busiest_thread * (double)MEASURED_NS);
    load->held_at_end = builder->held_at_end;
    load->carried_in_flight = builder->carried_in_flight;
    load->mean_in_flight = builder->mean_in_flight >= 0
                               ? builder->mean_in_flight
                               : (double)load->tally.completed * histogram_mean(&load->service) / (double)MEASURED_NS;
}

/* --- samples ----------------------------------------------------------------------------------------------------- */

/* What a counter has come to by sample `i` that grows by `rate` a second while the load is on. */
static uint64_t counted(double rate, size_t i)
{
    double warmed_up_s = (double)(i < BUILT_FIRST_SAMPLE ? i : BUILT_FIRST_SAMPLE) / 10;
    size_t measured = i < BUILT_LAST_SAMPLE ? i : BUILT_LAST_SAMPLE;
    double measured_s = measured > BUILT_FIRST_SAMPLE ? (double)(measured - BUILT_FIRST_SAMPLE) / 10 : 0;
    return 1000 + (uint64_t)(rate * (warmed_up_s / 2 + measured_s) + 0.5);
}

static void fill_sample(const struct built_host *host, size_t i, struct sample *sample)
{
    double measured_s = BUILT_MEASURED_MS / 1000.0;
    bool working = i > 0 && i <= BUILT_LAST_SAMPLE;

    *sample = (struct sample){
        .at_ns = BUILT_STARTED_NS - WARMUP_NS + i * SAMPLE_NS,
        .cost_ns = 50000,
        .processes = 1,
        .threads = 8,
        .cpu_ns = counted(host->cores * SECOND_NS, i),
        .busiest_thread_cpu_ns = working ? (uint64_t)(host->busiest_thread * (double)SAMPLE_NS + 0.5) : 0,
        .run_delay_ns = counted(host->run_delay * SECOND_NS, i),
        .rss_bytes = (uint64_t)(host->rss_mib * MIB),
        .file_descriptors = host->file_descriptors,
        .accept_queue = host->listen_overflows > 0 && !host->queue_missed ? 128 : 0,
        .listen_overflows = counted((double)host->listen_overflows / measured_s, i),
        .retransmits = counted((double)host->retransmits / measured_s, i),
        .link_received_bytes = host->link_sent > 0 ? counted(host->link_sent / 4, i) : 0,
        .link_sent_bytes = host->link_sent > 0 ? counted(host->link_sent, i) : 0,
        .link_bytes_per_s = (uint64_t)host->link_rate,
        .steal_ns = counted(host->steal * SECOND_NS, i),
        .busy_ns = counted((host->cores_busy + 1) * SECOND_NS, i),
        .service_cores_busy_ns = counted(host->cores_busy * SECOND_NS, i),
        .pressure_cpu = -1,
        .pressure_memory = -1,
        .pressure_io = -1,
    };
}

static void fill_host(const struct built_host *host, struct step_record *record)
{
    record->sample_count = BUILT_SAMPLES;
    record->samples = mem_new(BUILT_SAMPLES, sizeof *record->samples);
    for (size_t i = 0; i < BUILT_SAMPLES; i++) {
        fill_sample(host, i, &record->samples[i]);
    }
    record->memory.rss_bytes = record->samples[BUILT_SAMPLES - 1].rss_bytes;
    record->memory.peak_bytes = record->memory.rss_bytes;
    record->memory.pss_bytes = (uint64_t)(host->pss_share * (double)record->memory.rss_bytes);
}

void step_builder_make(const struct step_builder *builder, struct step_record *ret_record)
{
    *ret_record = (struct step_record){
        .backend = mem_string(builder->backend),
        .trial = builder->trial,
        .index = builder->index,
        .level = builder->level,
        .rate = builder->level,
        .connections = builder->kept,
        .death = builder->death,
    };
    ret_record->death.output = mem_string(builder->death.output);
    fill_load(builder, &ret_record->load);
    if (builder->host.sampled) {
        fill_host(&builder->host, ret_record);
    }
}
