#include "run_example.h"
#include "run_head.h"
#include "run_readings.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- making ------------------------------------------------------------------------------------------------------ */

static struct backend_record *add_backend(struct run_log *log, const char *name)
{
    struct backend_record *backend = list_add(log->backends, log->backend_count);

    backend->name = mem_string(name);
    return backend;
}

static void make_backends(struct run_log *log)
{
    for (unsigned i = 0; i < 2; i++) {
        struct backend_record *backend = add_backend(log, i == 0 ? "go" : "rust");
        backend->language = mem_string(i == 0 ? "Go" : "Rust");
        backend->framework = mem_string(i == 0 ? "net/http" : "axum");
        backend->class = mem_string("production");
        backend->versions = mem_string("go version go1.24; x");
        backend->workers = 3 + i;
        backend->cold_start_ns = 3001 + i;
        backend->first_request_ns = 3101 + i;
        backend->idle = (struct memory_reading){3201 + i, 3301 + i, 3401 + i, 3501 + i, 3601 + i};
        backend->artifact_bytes = 3601 + i;
        backend->dependencies = 3701 + i;
        backend->build_ns = 3801 + i;
        backend->source_lines = 3901 + i;
        backend->change_files = 4 + i;
        backend->change_lines = 60 + i;
        backend->memory_given_bytes = 3911 + i;
        backend->runtime_bytes = 3921 + i;
        backend->build_clean_ns = 3931 + i;
        backend->build_changed_ns = 3941 + i;
    }
    *(log->run.folders = mem_new(2, sizeof *log->run.folders)) = mem_string("rust=../my service, a=b");
    log->backends[0].followed = mem_string("4711 nginx");
    log->backends[0].verified = mem_string("contract and verifier");
    log->backends[0].environment = mem_string("GOGC=200; API_TOKEN=(cut)");
    log->backends[1].box = mem_string("cpus=0.5");
    log->backends[1].unboxed = mem_string("ru");
    log->backends[1].not_watched = mem_string("nobody listens here");
    log->backends[1].watch = mem_string("auto, metrics:http://127.0.0.1:9090/metrics");
    log->backends[1].watched = mem_string("metrics of http://127.0.0.1:9090/metrics");
    log->backends[1].artifact_hash = mem_string("5e1f");
    log->backends[1].attached = mem_string("https://127.0.0.1:8443/");
    log->backends[1].protocol = mem_string("HTTP/2 over TLS");
    log->backends[1].cores = mem_string("0-3");
    struct backend_record *node = add_backend(log, "node");
    node->skipped = mem_string("node is not here");
    node->not_installed = true;
}

static void make_tally(struct tally *tally, uint64_t base)
{
    *tally = (struct tally){.offered = base + 1, .sent = base + 2, .completed = base + 3, .good = base + 4};
    for (int i = 0; i < FAILURE_COUNT; i++) {
        tally->failures[i] = base + 10 + (uint64_t)i;
    }
}

static void make_details(struct load_record *load, uint64_t base)
{
    load->detailed = true;
    status_counts_add(&load->statuses, &(struct status_count){429, base + 13, base + 14});
    status_counts_add(&load->statuses, &(struct status_count){STATUS_OTHER, 15, base + 16});
    for (uint64_t at_ns = 0; at_ns < 3; at_ns++) {
        *list_add(load->stalls.stalls, load->stalls.count) =
            (struct stall){.at_ns = 2 * at_ns, .length_ns = 1 + at_ns / 2};
    }
}

static void make_intervals(struct interval *intervals, size_t count, uint64_t base)
{
    for (size_t i = 0; i < count; i++) {
        make_tally(&intervals[i].tally, base + 100 * (i + 1));
        histogram_record_many(&intervals[i].response, base * (i + 1), i); /* the first stays empty */
        intervals[i].in_flight = base + 50 + i;
    }
}

static void make_load(struct load_record *load, size_t intervals, uint64_t base)
{
    load_record_init(load, intervals);
    load->started_ns = base + 1;
    load->measured_ns = intervals * (base + 4) + 2;
    make_tally(&load->tally, base);
    histogram_record_many(&load->response, base * 1000, 99);
    histogram_record(&load->response, 2 * HISTOGRAM_HIGHEST_NS);
    histogram_record_many(&load->service, base * 999, 98);
    histogram_record(&load->send_lag, 0);
    load->censored = base + 3;
    load->interval_ns = base + 4;
    load->drain_ns = base + 5;
    load->drained = false;
    load->mean_in_flight = 1.0 / 3;
    load->carried_in_flight = 1.0 / 9;
    load->held_at_end = base + 16;
    load->connections = base + 6;
    load->connections_opened = base + 7;
    load->connections_missing = base + 8;
    load->connections_denied = base + 9;
    load->wall_stepped_ns = base + 10;
    load->cpu_ns = base + 8;
    load->spin_ns = base + 9;
    load->busiest_thread = 2.0 / 3;
    load->starved_thread = 1.0 / 7;
    load->stood_still = 1.0 / 11;
    load->threads = 2;
    load->sessions = (struct session_tally){base + 20, base + 21, base + 22, base + 23, base + 24, base + 25};
    load->slow = (struct slow_tally){base + 30, base + 29, base + 31, base + 32, base + 33, base + 34,
                                     base + 35, base + 36, base + 37, base + 38, base + 39, base + 40};
    load->first_wrong = wrong_response_copy(&(struct wrong_response){.request = "read",
                                                                     .at_ns = base + 10,
                                                                     .status = 200,
                                                                     .expected_status = 201,
                                                                     .expected_bytes = (double)base + 11,
                                                                     .member = "id",
                                                                     .expected_value = "17",
                                                                     .came_value = NULL,
                                                                     .capture = "{token} from /access_token",
                                                                     .body_bytes = base + 12,
                                                                     .body = "{\"id\":\n\u00e9}"});
    make_details(load, base);
    make_intervals(load->intervals, intervals, base);
}

static void make_requests(struct load_record *load, size_t count, uint64_t base)
{
    load_record_init_requests(load, count);
    for (size_t i = 0; i < count; i++) {
        struct request_record *request = &load->requests[i];
        request->name = mem_string(i == 0 ? "read \"it\"" : "write");
        make_tally(&request->tally, base + 300 * (i + 1));
        histogram_record_many(&request->response, base * (i + 2), 5 + i);
        request->sent = base + i;
        request->good = base + 11;
        request->late = base + 12;
        request->wrong = base + 13;
        request->lost = base + 14;
    }
    load_record_follow(load, count - 1);
    make_intervals(load->requests[count - 1].intervals, load->interval_count, base + 900);
}

/* All members are numbers, and no two are equal. */
static void *make_numbers(size_t count, size_t size, uint64_t base)
{
    uint64_t *numbers = mem_new(count, size);

    for (size_t i = 0; i < count * size / sizeof *numbers; i++) {
        numbers[i] = base + i;
    }
    return numbers;
}

static void make_dependencies(struct step_record *step, size_t samples)
{
    struct dependency_load *load = mem_new(1, sizeof *load);

    step->dependencies = load;
    step->dependency_count = 1;
    load->name = mem_string("postgresql");
    load->fault = DEPENDENCY_SILENT;
    load->mended = DEPENDENCY_CUT;
    load->connections = 5101;
    load->cores = 5102;
    load->shared = true;
    load->samples = make_numbers(samples, sizeof *load->samples, 5200);
    load->sample_count = samples;
    load->calls = make_numbers(samples, sizeof *load->calls, 5400);
    load->call_count = samples;
    load->sessions = make_numbers(samples, sizeof *load->sessions, 5600);
    load->session_count = samples;
}

static void make_step(struct step_record *step, size_t number, const char *backend)
{
    step->backend = mem_string(backend);
    step->trial = (unsigned)number % 2;
    step->index = 10 + (unsigned)number;
    step->not_watched = number % 2 == 1;
    step->attempt = 1 + (unsigned)number % 3;
    step->worker_connections = mem_string("38, 16");
    step->seed = 4301 + number;
    step->level = 4001 + number;
    step->rate = 4101 + number;
    step->connections = 4201 + number;
    step->memory = (struct memory_reading){5001, 5002, 5003, 5004, 5005};
    step->death.exit_code = 0;
}

static struct step_record *add_step(struct run_log *log, const char *backend)
{
    struct step_record *step = list_add(log->steps, log->step_count);

    make_step(step, log->step_count - 1, backend);
    step->phase = log->step_count == 2 ? PHASE_SEARCH : PHASE_LADDER;
    return step;
}

/* Adds one of each of the other records of a trial. */
static void add_others(struct run_log *log)
{
    log->recoveries = mem_new(log->recovery_count = 1, sizeof *log->recoveries);
    make_step(&log->recoveries[0], 7, "rust");
    make_load(&log->recoveries[0].load, 5, 7000);
    run_readings_make_samples(&log->recoveries[0], 2);
    log->soaks = mem_new(log->soak_count = 1, sizeof *log->soaks);
    make_step(&log->soaks[0], 9, "rust");
    make_load(&log->soaks[0].load, 4, 8000);
    run_readings_make_samples(&log->soaks[0], 3);
    log->forecasts = mem_new(log->forecast_count = 1, sizeof *log->forecasts);
    log->forecasts[0] = (struct forecast_record){
        .backend = mem_string("go"),
        .trial = 1,
        .index = 9001,
        .level = 9002,
        .expected = {.service_cores = 1.5,
                     .busy_cores = 1.75,
                     .memory_bytes = 9003,
                     .p99_ns = 0,
                     .in_flight = NAN,
                     .busiest_thread = 0.1,
                     .dependency_cpu = 0.125,
                     .dependency_places = NAN},
    };
    log->audits = mem_new(log->audit_count = 1, sizeof *log->audits);
    log->audits[0] = (struct audit_record){.backend = mem_string("rust"),
                                           .trial = 1,
                                           .counts = mem_new(1, sizeof *log->audits[0].counts),
                                           .count = 1,
                                           .upstream = {true, 9101, 9102},
                                           .database = {true, 9201, 9202, 9203, 9204, 9205, 9206},
                                           .not_counted = mem_string("no server")};
    log->audits[0].counts[0] = (struct audit_count){mem_string("place"), 9301, 9302, 9303, 9304, 9305};
    log->calibrations = mem_new(log->calibration_count = 2, sizeof *log->calibrations);
    for (unsigned i = 0; i < 2; i++) {
        log->calibrations[i] = (struct calibration_record){.trial = i, .measured = log->run.calibration};
        log->calibrations[i].measured.throughput_rps += 11 + i;
        log->calibrations[i].measured.disturbed = i == 1;
    }
    log->trials = mem_new(log->trial_count = 1, sizeof *log->trials);
    log->trials[0] = (struct trial_record){.backend = mem_string("rust"),
                                           .trial = 1,
                                           .failed = mem_string("no port"),
                                           .harness_fault = true,
                                           .ended_early = mem_string("no memory")};
    log->resumes = mem_new(log->resume_count = 1, sizeof *log->resumes);
    log->resumes[0] = (struct resume_record){.harness_version = mem_string("0.1.0"),
                                             .resumed = mem_string("2026-01-31T12:30:00Z"),
                                             .backend = mem_string("rust"),
                                             .trial = 7};
}

void run_example_make(struct run_log *log)
{
    *log = (struct run_log){0};
    run_head_make(&log->run);
    make_backends(log);
    log->dependencies = mem_new(log->dependency_count = 1, sizeof *log->dependencies);
    log->dependencies[0] = (struct dependency_record){.name = mem_string("postgresql"),
                                                      .version = mem_string("15.1"),
                                                      .settings = NULL,
                                                      .cores = mem_string("3"),
                                                      .shared = true};

    struct step_record *step = add_step(log, "go");
    make_load(&step->load, 3, 6000);
    make_requests(&step->load, 2, 6500);
    make_dependencies(step, 2);
    run_readings_make_samples(step, 3);
    run_readings_make_runtime(step);
    step = add_step(log, "rust");
    make_load(&step->load, 2, 60000);
    run_readings_make_samples(step, 0);
    step->death = (struct death){.died = true, .at_ns = 8001, .exit_code = -1, .signal = 11};
    step->death.output = mem_string("panic:\n\t\"\x01\"");
    step = add_step(log, "rust");
    load_record_init(&step->load, 1);
    run_readings_make_samples(step, 1);
    add_others(log);
    log->end = (struct end_record){.present = true,
                                   .ended = mem_string("2026-01-31T13:00:00Z"),
                                   .interrupted = true,
                                   .reason = mem_string("the disk is full")};
}
