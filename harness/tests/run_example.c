#include "run_example.h"

#include "base/file.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* --- making ------------------------------------------------------------------------------------------------------ */

static void make_run(struct run_record *run)
{
    *run = (struct run_record){
        .harness_version = mem_string("0.1.0"),
        .started = mem_string("2026-01-31T12:00:00Z"),
        .scenario_name = mem_string("catalog"),
        .scenario_text = mem_string("{\n  \"schema\": 1,\t\"why\": \"\xc3\xa9\\\"\"\n}\n"),
        .scenario_hash = mem_string("00c0ffee00c0ffee"),
        .seed = INT64_MAX,
        .trials = 3,
        .quick = true,
        .generator_cores = mem_string("0"),
        .service_cores = mem_string("1-3"),
        .cores_shared = true,
        .machine = {.cpu = mem_string("A CPU @ 2.0GHz"),
                    .architecture = mem_string("x86_64"),
                    .kernel = mem_string("6.1.0"),
                    .system = mem_string("Debian GNU/Linux 12 (bookworm)"),
                    .virtualization = mem_string("kvm"),
                    .governor = NULL,
                    .clocksource = mem_string("tsc"),
                    .cores = 4,
                    .memory_bytes = 1001,
                    .swap_bytes = 1002,
                    .descriptor_limit = 1003,
                    .somaxconn = 1004,
                    .turbo_known = true,
                    .turbo = false,
                    .load1 = 0.25,
                    .steal_share = 1e-3},
        .calibration = {.done = true,
                        .throughput_rps = 2001,
                        .connections = 64,
                        .p50_ns = 2002,
                        .p99_ns = 2003,
                        .generator_cpu_ns_per_request = 2004,
                        .service_cpu_ns_per_request = 2005,
                        .generator_busy = 0.975},
    };
}

static struct backend_record *add_backend(struct run_log *log, const char *name)
{
    void *backends = log->backends;
    struct backend_record *backend = mem_append(&backends, log->backend_count++, sizeof *backend);

    log->backends = backends;
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
        backend->idle = (struct memory_reading){3201 + i, 3301 + i, 3401 + i, 3501 + i};
        backend->artifact_bytes = 3601 + i;
        backend->dependencies = 3701 + i;
        backend->build_ns = 3801 + i;
        backend->source_lines = 3901 + i;
    }
    add_backend(log, "node")->skipped = mem_string("node is not here");
}

static void make_tally(struct tally *tally, uint64_t base)
{
    *tally = (struct tally){.offered = base + 1, .sent = base + 2, .completed = base + 3, .good = base + 4};
    for (int i = 0; i < FAILURE_KINDS; i++) {
        tally->failures[i] = base + 10 + (uint64_t)i;
    }
}

static void make_load(struct load_record *load, size_t windows, uint64_t base)
{
    load_record_init(load, windows);
    load->started_ns = base + 1;
    load->measured_ns = windows * (base + 4) + 2;
    make_tally(&load->tally, base);
    histogram_record_many(&load->response, base * 1000, 99);
    histogram_record(&load->response, 2 * HISTOGRAM_HIGHEST_NS);
    histogram_record_many(&load->service, base * 999, 98);
    histogram_record(&load->release_lag, 0);
    load->censored = base + 3;
    load->window_ns = base + 4;
    load->drain_ns = base + 5;
    load->drained = false;
    load->mean_in_flight = 1.0 / 3;
    load->connections = base + 6;
    load->connections_opened = base + 7;
    load->cpu_ns = base + 8;
    load->spin_ns = base + 9;
    load->busiest_thread = 2.0 / 3;
    load->threads = 2;
    for (size_t i = 0; i < windows; i++) {
        make_tally(&load->windows[i].tally, base + 100 * (i + 1));
        histogram_record_many(&load->windows[i].response, base * (i + 1), i); /* the first stays empty */
        load->windows[i].in_flight = base + 50 + i;
    }
}

static void make_samples(struct step_record *step, size_t count)
{
    step->samples = mem_new(count, sizeof *step->samples);
    step->sample_count = count;
    for (size_t i = 0; i < count; i++) {
        uint64_t *numbers = (uint64_t *)&step->samples[i];
        for (size_t j = 0; j < offsetof(struct sample, pressure_cpu) / sizeof *numbers; j++) {
            numbers[j] = 7000 + 100 * i + j;
        }
        step->samples[i].pressure_cpu = 0.1;
        step->samples[i].pressure_memory = -1;
        step->samples[i].pressure_io = 99.99;
    }
}

static struct step_record *add_step(struct run_log *log, const char *backend)
{
    void *steps = log->steps;
    struct step_record *step = mem_append(&steps, log->step_count, sizeof *step);

    log->steps = steps;
    step->backend = mem_string(backend);
    step->trial = (unsigned)log->step_count % 2;
    step->index = 10 + (unsigned)log->step_count;
    step->level = 4001 + log->step_count;
    step->rate = 4101 + log->step_count;
    step->connections = 4201 + log->step_count;
    step->memory = (struct memory_reading){5001, 5002, 5003, 5004};
    step->death.exit_code = 0;
    log->step_count++;
    return step;
}

void run_example_make(struct run_log *log)
{
    *log = (struct run_log){0};
    make_run(&log->run);
    make_backends(log);

    struct step_record *step = add_step(log, "go");
    make_load(&step->load, 3, 6000);
    make_samples(step, 3);
    step = add_step(log, "rust");
    make_load(&step->load, 2, 60000);
    make_samples(step, 0);
    step->death = (struct death){.died = true, .at_ns = 8001, .exit_code = -1, .signal = 11};
    step->death.output = mem_string("panic:\n\t\"\x01\"");
    step = add_step(log, "rust");
    load_record_init(&step->load, 1);
    make_samples(step, 1);
    log->end = (struct end_record){.present = true, .ended = mem_string("2026-01-31T13:00:00Z"), .interrupted = true};
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

void run_example_write(const struct run_log *log, const char *file)
{
    struct run_writer *writer = NULL;
    struct error err = {0};
    int result = run_writer_open(&writer, file, &err);

    result = result == 0 ? run_writer_run(writer, &log->run, &err) : result;
    for (size_t i = 0; i < log->backend_count && result == 0; i++) {
        result = run_writer_backend(writer, &log->backends[i], &err);
    }
    for (size_t i = 0; i < log->step_count && result == 0; i++) {
        result = run_writer_step(writer, &log->steps[i], &err);
    }
    result = result == 0 ? run_writer_end(writer, &log->end, &err) : result;
    run_writer_close(writer);
    if (result != 0) {
        fail_msg("%s", err.message);
    }
}

/* --- comparing --------------------------------------------------------------------------------------------------- */

static void check_string(const char *string, const char *expected)
{
    if (expected == NULL) {
        assert_null(string);
    } else {
        assert_non_null(string);
        assert_string_equal(string, expected);
    }
}

static void check_run(const struct run_record *run, const struct run_record *expected)
{
    const struct machine *machine = &run->machine, *other = &expected->machine;

    check_string(run->harness_version, expected->harness_version);
    check_string(run->started, expected->started);
    check_string(run->scenario_name, expected->scenario_name);
    check_string(run->scenario_text, expected->scenario_text);
    check_string(run->scenario_hash, expected->scenario_hash);
    assert_int_equal(run->seed, expected->seed);
    assert_int_equal(run->trials, expected->trials);
    assert_int_equal(run->quick, expected->quick);
    check_string(run->generator_cores, expected->generator_cores);
    check_string(run->service_cores, expected->service_cores);
    assert_int_equal(run->cores_shared, expected->cores_shared);
    check_string(machine->cpu, other->cpu);
    check_string(machine->architecture, other->architecture);
    check_string(machine->kernel, other->kernel);
    check_string(machine->system, other->system);
    check_string(machine->virtualization, other->virtualization);
    check_string(machine->governor, other->governor);
    check_string(machine->clocksource, other->clocksource);
    assert_int_equal(machine->cores, other->cores);
    assert_int_equal(machine->memory_bytes, other->memory_bytes);
    assert_int_equal(machine->swap_bytes, other->swap_bytes);
    assert_int_equal(machine->descriptor_limit, other->descriptor_limit);
    assert_int_equal(machine->somaxconn, other->somaxconn);
    assert_int_equal(machine->turbo_known, other->turbo_known);
    assert_int_equal(machine->turbo, other->turbo);
    assert_true(machine->load1 == other->load1);
    assert_true(machine->steal_share == other->steal_share);
    assert_memory_equal(&run->calibration, &expected->calibration, sizeof run->calibration);
}

static void check_backend(const struct backend_record *backend, const struct backend_record *expected)
{
    check_string(backend->name, expected->name);
    check_string(backend->language, expected->language);
    check_string(backend->framework, expected->framework);
    check_string(backend->class, expected->class);
    check_string(backend->versions, expected->versions);
    check_string(backend->skipped, expected->skipped);
    assert_int_equal(backend->workers, expected->workers);
    assert_int_equal(backend->cold_start_ns, expected->cold_start_ns);
    assert_int_equal(backend->first_request_ns, expected->first_request_ns);
    assert_memory_equal(&backend->idle, &expected->idle, sizeof backend->idle);
    assert_int_equal(backend->artifact_bytes, expected->artifact_bytes);
    assert_int_equal(backend->dependencies, expected->dependencies);
    assert_int_equal(backend->build_ns, expected->build_ns);
    assert_int_equal(backend->source_lines, expected->source_lines);
}

static void check_histogram(const struct histogram *histogram, const struct histogram *expected)
{
    assert_int_equal(histogram->digits, expected->digits);
    assert_int_equal(histogram->total, expected->total);
    assert_int_equal(histogram->min, expected->min);
    assert_int_equal(histogram->max, expected->max);
    assert_true(histogram->sum == expected->sum);
    assert_int_equal(histogram->count_length, expected->count_length);
    assert_memory_equal(histogram->counts, expected->counts, expected->count_length * sizeof *expected->counts);
}

static void check_load(const struct load_record *load, const struct load_record *expected)
{
    assert_int_equal(load->started_ns, expected->started_ns);
    assert_int_equal(load->measured_ns, expected->measured_ns);
    assert_memory_equal(&load->tally, &expected->tally, sizeof load->tally);
    check_histogram(&load->response, &expected->response);
    check_histogram(&load->service, &expected->service);
    check_histogram(&load->release_lag, &expected->release_lag);
    assert_int_equal(load->censored, expected->censored);
    assert_int_equal(load->window_ns, expected->window_ns);
    assert_int_equal(load->drain_ns, expected->drain_ns);
    assert_int_equal(load->drained, expected->drained);
    assert_true(load->mean_in_flight == expected->mean_in_flight);
    assert_int_equal(load->connections, expected->connections);
    assert_int_equal(load->connections_opened, expected->connections_opened);
    assert_int_equal(load->cpu_ns, expected->cpu_ns);
    assert_int_equal(load->spin_ns, expected->spin_ns);
    assert_true(load->busiest_thread == expected->busiest_thread);
    assert_int_equal(load->threads, expected->threads);
    assert_int_equal(load->window_count, expected->window_count);
    for (size_t i = 0; i < expected->window_count; i++) {
        const struct window *window = &load->windows[i], *other = &expected->windows[i];
        assert_memory_equal(&window->tally, &other->tally, sizeof window->tally);
        check_histogram(&window->response, &other->response);
        assert_int_equal(window->in_flight, other->in_flight);
    }
}

static void check_step(const struct step_record *step, const struct step_record *expected)
{
    check_string(step->backend, expected->backend);
    assert_int_equal(step->trial, expected->trial);
    assert_int_equal(step->index, expected->index);
    assert_int_equal(step->level, expected->level);
    assert_int_equal(step->rate, expected->rate);
    assert_int_equal(step->connections, expected->connections);
    check_load(&step->load, &expected->load);
    assert_int_equal(step->sample_count, expected->sample_count);
    assert_memory_equal(step->samples, expected->samples, expected->sample_count * sizeof *expected->samples);
    assert_memory_equal(&step->memory, &expected->memory, sizeof step->memory);
    assert_int_equal(step->death.died, expected->death.died);
    assert_int_equal(step->death.at_ns, expected->death.at_ns);
    assert_int_equal(step->death.exit_code, expected->death.exit_code);
    assert_int_equal(step->death.signal, expected->death.signal);
    check_string(step->death.output, expected->death.output);
}

void run_example_check_same(const struct run_log *log, const struct run_log *expected)
{
    check_run(&log->run, &expected->run);
    assert_int_equal(log->backend_count, expected->backend_count);
    for (size_t i = 0; i < expected->backend_count; i++) {
        check_backend(&log->backends[i], &expected->backends[i]);
    }
    assert_int_equal(log->step_count, expected->step_count);
    for (size_t i = 0; i < expected->step_count; i++) {
        check_step(&log->steps[i], &expected->steps[i]);
    }
    assert_int_equal(log->end.present, expected->end.present);
    check_string(log->end.ended, expected->end.ended);
    assert_int_equal(log->end.interrupted, expected->end.interrupted);
}

/* --- folders ----------------------------------------------------------------------------------------------------- */

char *run_example_folder(void)
{
    const char *temporary = getenv("TMPDIR");
    char *folder = mem_format("%s/twofold-test-XXXXXX", temporary != NULL ? temporary : "/tmp");

    if (mkdtemp(folder) == NULL) {
        fail_msg("%s cannot be made", folder);
    }
    return folder;
}

void run_example_remove(char *folder, const char *const *files)
{
    for (; *files != NULL; files++) {
        char *path = file_join(folder, *files);
        unlink(path);
        free(path);
    }
    assert_int_equal(rmdir(folder), 0);
    free(folder);
}
