#include "findings_builder.h"

#include "analysis/capacity/capacity.h"
#include "analysis/resource/resources.h"
#include "base/list.h"
#include "base/mem.h"
#include "plan/scenario/doubling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB     1048576.0
#define SAMPLES 50

static void set_machine(struct machine *machine)
{
    *machine = (struct machine){
        .cpu = mem_string("Example CPU 9000"),
        .architecture = mem_string("x86_64"),
        .kernel = mem_string("6.18.0"),
        .system = mem_string("Debian GNU/Linux 12 (bookworm)"),
        .virtualization = mem_string("kvm"),
        .governor = mem_string("unknown"),
        .clocksource = mem_string("tsc"),
        .congestion_control = mem_string("cubic"),
        .cores = 4,
        .memory_bytes = UINT64_C(8) << 30,
        .file_descriptor_limit = 1048576,
        .somaxconn = 4096,
        .load1 = 0.12,
    };
}

void builder_init(struct findings_builder *builder, const char *scenario_text)
{
    struct run_record *run = &builder->log.run;
    struct error err = {0};

    *builder = (struct findings_builder){0};
    run->harness_version = mem_string("0.1.0");
    run->started = mem_string("2026-01-31T12:00:00Z");
    run->scenario_text = mem_string(scenario_text);
    run->scenario_hash = mem_string("00000000075bcd15");
    run->seed = 1;
    run->trials = 1;
    run->generator_cores = mem_string("0-1");
    run->service_cores = mem_string("2-3");
    set_machine(&run->machine);
    run->calibration = (struct calibration){.done = true,
                                            .throughput_rps = 181250,
                                            .connections = 64,
                                            .p50_ns = 310000,
                                            .p99_ns = 950000,
                                            .generator_cpu_ns_per_request = 4700,
                                            .service_cpu_ns_per_request = 5100,
                                            .generator_busy = 0.86};
    builder->log.end.present = true;
    builder->findings.log = &builder->log;
    builder->findings.service_core_count = 2;
    if (scenario_parse(&builder->findings.scenario, "scenario", scenario_text, &err) != 0) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    run->scenario_name = mem_string(builder->findings.scenario.name);
}

static void release_backend(struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->step_count; i++) {
        step_record_release((struct step_record *)backend->steps[i].record);
        free((void *)backend->steps[i].record);
    }
    if (backend->soak.step != NULL) {
        step_record_release((struct step_record *)backend->soak.step->record);
        free((void *)backend->soak.step->record);
    }
    backend_record_release((struct backend_record *)backend->record);
    free((void *)backend->record);
}

void builder_release(struct findings_builder *builder)
{
    for (size_t i = 0; i < builder->findings.backend_count; i++) {
        release_backend(&builder->findings.backends[i]);
    }
    findings_release(&builder->findings);
    run_log_release(&builder->log);
}

struct backend_record *builder_backend(struct findings_builder *builder, const char *name, const char *language,
                                       const char *framework)
{
    struct findings *findings = &builder->findings;
    struct backend_record *record = mem_new(1, sizeof *record);

    *record = (struct backend_record){
        .name = mem_string(name),
        .language = mem_string(language),
        .framework = mem_string(framework),
        .class = mem_string("production"),
        .versions = mem_format("%s 1.2.3", name),
        .workers = 2,
        .cold_start_ns = 48000000 + 11000000 * findings->backend_count,
        .first_request_ns = 2100000,
        .idle = {.rss_bytes = (uint64_t)((12.5 + 9.25 * (double)findings->backend_count) * MIB)},
        .artifact_bytes = 7340032,
        .dependencies = 14,
        .build_ns = UINT64_C(21000000000),
        .source_lines = 412,
    };
    *list_add(findings->backends, findings->backend_count) =
        (struct backend_finding){.record = record, .core_count = findings->service_core_count};
    return record;
}

void builder_skip(struct findings_builder *builder, const char *name, const char *why)
{
    struct backend_record *record = builder_backend(builder, name, NULL, NULL);
    record->skipped = mem_string(why);
    record->idle.rss_bytes = 0;
    record->cold_start_ns = 0;
}

static unsigned index_of(const struct scenario *scenario, uint64_t level)
{
    unsigned index = 0;
    while (scenario->from << index < level) {
        index++;
    }
    return index;
}

/* Requests a second of an open load. */
static uint64_t rate_of(const struct scenario *scenario, uint64_t level)
{
    if (scenario->doubling == DOUBLING_SESSIONS) {
        double each = user_session_requests(scenario->traffic.sessions, scenario->traffic.session_count);
        return (uint64_t)((double)level * each + 0.5);
    }
    return scenario->doubling == DOUBLING_RATE ? level : scenario->rate;
}

static void fill_load(struct load_record *load, const struct scenario *scenario, const struct step_spec *spec)
{
    double seconds = (double)scenario->measure_ns / 1e9;
    double rate = (double)spec->level * 500 / (spec->p50_ms + 0.5);
    if (scenario->doubling == DOUBLING_RATE) {
        rate = (double)spec->level;
    } else if (doubling_has_rate(scenario->doubling)) {
        rate = (double)scenario->rate;
    } else if (scenario->doubling == DOUBLING_SESSIONS) {
        rate = (double)rate_of(scenario, spec->level);
    }
    struct tally *tally = &load->tally;

    tally->offered = (uint64_t)(rate * seconds);
    tally->good = (uint64_t)((double)tally->offered * spec->good);
    tally->failures[spec->failure] = tally->offered - tally->good;
    tally->completed = spec->failure == FAILURE_TIMEOUT ? tally->offered : tally->good;
    tally->sent = spec->failure == FAILURE_UNSENT ? tally->good : tally->offered;
    load->censored = spec->failure == FAILURE_UNANSWERED ? tally->failures[FAILURE_UNANSWERED] : 0;
    load->measured_ns = scenario->measure_ns;
}

static uint64_t time_of(double ms)
{
    return ms > 0 ? (uint64_t)(ms * 1e6) : NO_TIME;
}

static void fill_finding(struct step_finding *step, const struct step_spec *spec)
{
    const struct load_record *load = &step->record->load;
    double seconds = (double)load->measured_ns / 1e9;

    step->verdict.verdict = spec->verdict;
    step->offered_rps = (double)load->tally.offered / seconds;
    step->completed_rps = (double)load->tally.completed / seconds;
    step->good_rps = (double)load->tally.good / seconds;
    step->failed_share = 1 - spec->good;
    step->p50_ns = time_of(spec->p50_ms);
    step->p99_ns = time_of(spec->p99_ms);
    step->mean_ns = time_of(spec->p50_ms * 1.25);
    step->p90_ns = time_of(spec->p99_ms > 0 ? (spec->p50_ms + spec->p99_ms) / 2 : 0);
    step->p999_ns = load->tally.offered >= 10000 ? time_of(spec->p99_ms * 1.5) : NO_TIME;
    step->max_ns = time_of(spec->p99_ms * 2);
    step->service_p50_ns = time_of(spec->p50_ms * 0.75);
    step->service_p99_ns = time_of(spec->p99_ms * 0.75);
    step->usage.cores = 2;
    step->usage.host = (struct host_usage){.known = spec->cores > 0,
                                           .service_cores = spec->cores,
                                           .busiest_thread_share = spec->thread,
                                           .service_cores_busy = spec->cores / 2,
                                           .rss_peak_bytes = (uint64_t)(spec->rss_mib * MIB)};
    if (load->tally.completed > 0) {
        step->cpu_ns_per_request = (uint64_t)(spec->cores * 1e9 / step->completed_rps);
    }
}

static struct backend_finding *last_backend(struct findings_builder *builder)
{
    return &builder->findings.backends[builder->findings.backend_count - 1];
}

static struct step_record *make_record(const struct findings_builder *builder, unsigned trial,
                                       const struct step_spec *spec)
{
    const struct scenario *scenario = &builder->findings.scenario;
    const struct backend_finding *backend = &builder->findings.backends[builder->findings.backend_count - 1];
    struct step_record *record = mem_new(1, sizeof *record);

    load_record_init(&record->load, 0);
    record->backend = mem_string(backend->record->name);
    record->trial = trial;
    record->index = index_of(scenario, spec->level);
    record->level = spec->level;
    record->rate = rate_of(scenario, spec->level);
    record->connections = scenario->doubling == DOUBLING_CONNECTIONS ? spec->level : 0;
    record->sample_count = spec->cores > 0 ? SAMPLES : 0;
    record->samples = mem_new(SAMPLES, sizeof *record->samples);
    fill_load(&record->load, scenario, spec);
    return record;
}

void builder_step(struct findings_builder *builder, unsigned trial, const struct step_spec *spec)
{
    struct backend_finding *backend = last_backend(builder);
    struct step_record *record = make_record(builder, trial, spec);

    builder->step = list_add(backend->steps, backend->step_count);
    builder->step->record = record;
    fill_finding(builder->step, spec);
}

void builder_soak(struct findings_builder *builder, const struct step_spec *spec, const struct leak *memory)
{
    struct soak_finding *soak = &last_backend(builder)->soak;
    struct step_record *record = make_record(builder, 0, spec);

    builder->step = soak->step = mem_new(1, sizeof *soak->step);
    soak->step->record = record;
    soak->memory = *memory;
    fill_finding(soak->step, spec);
    record->load.measured_ns = UINT64_C(60000000000);
}

void builder_early_warning(struct findings_builder *builder, const struct early_warning *early_warning)
{
    last_backend(builder)->early_warning = *early_warning;
}

void builder_recovery(struct findings_builder *builder, const struct recovery_finding *recovery)
{
    struct recovery_finding *finding = &last_backend(builder)->recovery;
    static const struct step_record measured = {0};

    *finding = *recovery;
    finding->record = finding->within_ns > 0 ? &measured : NULL;
}

void builder_cold_start(struct findings_builder *builder, double cold_ms, double warm_ms)
{
    struct backend_finding *backend = last_backend(builder);
    const struct step_record *first = backend->steps[0].record;

    backend->cold_start = (struct cold_start){.known = true,
                                              .cold = cold_ms >= 1.5 * warm_ms,
                                              .cold_cpu_ns = cold_ms * 1e6,
                                              .warm_cpu_ns = warm_ms * 1e6,
                                              .ratio = cold_ms / warm_ms,
                                              .first = first,
                                              .warm = first};
}

/* The steps move while more are added; builder_finish finds the one that is meant. */
void builder_stall(struct findings_builder *builder, const struct stall_host *host)
{
    struct backend_finding *backend = last_backend(builder);

    *list_add(backend->stalls, backend->stall_count) = (struct stall_finding){.trial = builder->step->record->trial,
                                                                              .level = builder->step->record->level,
                                                                              .limit = LIMIT_LATENCY,
                                                                              .at_ns = 1250000000,
                                                                              .length_ns = 180000000,
                                                                              .host = *host};
}

static void place_stalls(struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->stall_count; i++) {
        struct stall_finding *stall = &backend->stalls[i];
        for (size_t k = 0; k < backend->step_count; k++) {
            const struct step_record *record = backend->steps[k].record;
            if (record->trial == stall->trial && record->level == stall->level) {
                stall->step = &backend->steps[k];
            }
        }
    }
}

void builder_warn(struct findings_builder *builder, enum warning_kind kind, const char *text, const char *command)
{
    struct findings *findings = &builder->findings;

    *list_add(findings->warnings, findings->warning_count) =
        (struct warning){kind, mem_string(text), mem_string(command)};
}

/* What the step says of each limit, out of the verdict and the breaches that the test gave it. */
static void judge_limits(struct step_verdict *verdict)
{
    for (int i = 0; i < LIMIT_COUNT && verdict->verdict != VERDICT_INVALID; i++) {
        verdict->limits[i] = (struct limit_judgement){.state = LIMIT_HOLDS};
    }
    if (verdict->verdict == VERDICT_UNDECIDED) {
        verdict->limits[LIMIT_LATENCY].state = LIMIT_UNDECIDED;
    }
    for (size_t i = 0; i < verdict->breach_count; i++) {
        const struct breach *breach = &verdict->breaches[i];
        verdict->limits[breach->limit] = (struct limit_judgement){.state = LIMIT_BREAKS,
                                                                  .over = true,
                                                                  .beyond_doubt = true,
                                                                  .observed = breach->observed,
                                                                  .allowed = breach->allowed};
    }
}

void builder_finish(struct findings_builder *builder)
{
    for (size_t i = 0; i < builder->findings.backend_count; i++) {
        for (size_t k = 0; k < builder->findings.backends[i].step_count; k++) {
            judge_limits(&builder->findings.backends[i].steps[k].verdict);
        }
        capacity_find(&builder->findings.backends[i]);
        resources_find(&builder->findings, &builder->findings.backends[i]);
        place_stalls(&builder->findings.backends[i]);
    }
    findings_compare(&builder->findings);
}

static void climb(struct findings_builder *builder, unsigned trial, const char *verdicts)
{
    for (size_t i = 0; verdicts[i] != '\0'; i++) {
        enum verdict verdict = VERDICT_INVALID;
        if (verdicts[i] != 'i') {
            verdict = verdicts[i] == 'p' ? VERDICT_PASS : VERDICT_BREAK;
        }
        struct step_spec spec = {UINT64_C(1000) << i, verdict, 1, FAILURE_TIMEOUT, 1, 5, 1, 0.5, 50};
        builder_step(builder, trial, &spec);
        if (verdict == VERDICT_BREAK) {
            builder_breach(builder, LIMIT_LATENCY, 1000, 90e6);
            builder_cause(builder, CAUSE_CPU);
        } else if (verdict == VERDICT_INVALID) {
            builder_invalid(builder, INVALID_SEND_LAG);
        }
    }
}

void builder_climbs(struct findings_builder *builder, const char *climbs)
{
    char name[32], verdicts[64];
    int used;

    for (; sscanf(climbs, " %31s %63s%n", name, verdicts, &used) == 2; climbs += used) {
        unsigned trial = 0;
        char *rest = verdicts;
        builder_backend(builder, name, "L", "F");
        for (char *row = strsep(&rest, ","); row != NULL; row = strsep(&rest, ",")) {
            climb(builder, trial++, row);
        }
    }
}
