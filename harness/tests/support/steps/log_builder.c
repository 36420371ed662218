#include "log_builder.h"

#include "base/list.h"
#include "base/mem.h"
#include "test.h"

#include <stdlib.h>

const char log_builder_scenario[] =
    "{\"schema\": 1, \"name\": \"catalog\", \"why\": \"read-mostly CRUD\",\n"
    " \"requests\": [{\"name\": \"read\", \"weight\": 1, \"method\": \"GET\", \"path\": \"/items/1\"}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 500, \"steps\": 9},\n"
    " \"step\": {\"warmup\": \"1s\", \"measure\": \"5s\"},\n"
    " \"arrivals\": \"poisson\", \"deadline\": \"1s\", \"seed\": 1,\n"
    " \"limits\": {\"p99\": \"50ms\", \"errors\": \"0.1%\", \"throughput\": \"95%\", \"memory\": \"512MiB\"}}\n";

void log_builder_init(struct run_log *log)
{
    *log = (struct run_log){.end = {.present = true, .ended = mem_string("2026-01-31T12:10:00Z")}};
    log->run = (struct run_record){
        .harness_version = mem_string("0.1.0"),
        .started = mem_string("2026-01-31T12:00:00Z"),
        .scenario_name = mem_string("catalog"),
        .scenario_text = mem_string(log_builder_scenario),
        .scenario_hash = mem_string("00000000075bcd15"),
        .seed = 1,
        .trials = 6,
        .profile = mem_string("standard"),
        .generator_cores = mem_string("0-1"),
        .service_cores = mem_string("2-3"),
        .machine = {.governor = mem_string("performance"),
                    .virtualization = mem_string("none"),
                    .cores = 4,
                    .memory_bytes = UINT64_C(8) << 30,
                    .load1 = 0.1},
        .calibration = {.done = true, .throughput_rps = 181250, .connections = 64},
    };
}

struct backend_record *log_builder_backend(struct run_log *log, const char *name)
{
    struct backend_record *record = list_add(log->backends, log->backend_count);

    record->name = mem_string(name);
    record->workers = 2;
    return record;
}

void log_builder_skip(struct run_log *log, const char *name, const char *why)
{
    log_builder_backend(log, name)->skipped = mem_string(why);
}

struct step_record *log_builder_step(struct run_log *log, const struct step_builder *builder)
{
    struct step_record *record = list_add(log->steps, log->step_count);

    step_builder_make(builder, record);
    return record;
}

struct step_record *log_builder_soak(struct run_log *log, const struct step_builder *builder)
{
    struct step_record *record = list_add(log->soaks, log->soak_count);

    step_builder_make(builder, record);
    return record;
}

struct step_record *log_builder_recovery(struct run_log *log, const struct step_builder *builder)
{
    struct step_record *record = list_add(log->recoveries, log->recovery_count);

    step_builder_make(builder, record);
    return record;
}

struct trial_record *log_builder_trial(struct run_log *log, const char *backend, unsigned trial, const char *failed)
{
    struct trial_record *record = list_add(log->trials, log->trial_count);

    *record = (struct trial_record){.backend = mem_string(backend),
                                    .trial = trial,
                                    .failed = failed != NULL ? mem_string(failed) : NULL};
    return record;
}

void log_builder_climb(struct run_log *log, const char *backend, unsigned trial, const char *letters)
{
    for (unsigned i = 0; letters[i] != '\0'; i++) {
        struct step_builder builder;
        step_builder_init(&builder, UINT64_C(500) << i);
        builder.backend = backend;
        builder.trial = trial;
        builder.index = i;
        if (letters[i] == 'b') {
            step_builder_slow(&builder, 4, BUILT_INTERVALS, builder.intervals[0].offered / 10, 75);
        } else if (letters[i] == 'i') {
            builder.lag_us = 9000;
        }
        log_builder_step(log, &builder);
    }
}

struct findings log_builder_findings(const struct run_log *log)
{
    struct findings findings;
    struct error err = {0};

    if (findings_make(&findings, log, NULL, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return findings;
}
