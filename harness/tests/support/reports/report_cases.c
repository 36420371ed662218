#include "report_cases.h"

#include "attached_case.h"
#include "base/list.h"
#include "base/mem.h"
#include "forecasts_case.h"
#include "languages_case.h"
#include "poison_case.h"
#include "sessions_case.h"
#include "slow_case.h"
#include "soak_case.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB 1048576.0

static const char catalog[] =
    "{\"schema\": 1, \"name\": \"catalog\", \"why\": \"read-mostly CRUD, the everyday web backend\",\n"
    " \"requests\": [{\"name\": \"read\", \"weight\": 90, \"method\": \"GET\", \"path\": \"/items/{id}\"},\n"
    "  {\"name\": \"write\", \"weight\": 10, \"method\": \"POST\", \"path\": \"/items\",\n"
    "   \"json\": {\"name\": \"a\", \"price_cents\": \"{price}\"}, \"expect\": {\"status\": 201}}],\n"
    " \"values\": {\"id\": {\"zipf\": [1, 10000]}, \"price\": {\"uniform\": [100, 99900]}},\n"
    " \"double\": {\"what\": \"rate\", \"from\": 500, \"steps\": 9},\n"
    " \"step\": {\"warmup\": \"1s\", \"measure\": \"5s\"},\n"
    " \"arrivals\": \"poisson\", \"deadline\": \"1s\", \"seed\": 1,\n"
    " \"limits\": {\"p99\": \"50ms\", \"errors\": \"0.1%\", \"throughput\": \"95%\", \"memory\": \"512MiB\"}}";

/* A step that holds, and one that breaks on latency, in round figures. */
static void hold(struct findings_builder *builder, unsigned trial, uint64_t level)
{
    double load = (double)level / 72000;
    struct step_spec spec = {level, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5 + load, 6 + 18 * load, 0.1 + load, 0.1, 60};
    builder_step(builder, trial, &spec);
}

static void slow(struct findings_builder *builder, unsigned trial, uint64_t level, enum cause cause)
{
    double cores = builder_cores(cause);
    struct step_spec spec = {level, VERDICT_BREAK, 0.998, FAILURE_TIMEOUT, 91, 310, cores, cores > 1.5 ? 0.7 : 0.99,
                             96};

    builder_step(builder, trial, &spec);
    builder_breach(builder, LIMIT_LATENCY, 1250, 310e6);
    builder_cause(builder, cause);
}

static void invalid(struct findings_builder *builder, unsigned trial, uint64_t level, enum invalidity invalidity)
{
    struct step_spec spec = {level, VERDICT_INVALID, 0.99, FAILURE_TIMEOUT, 8, 70, 0.9, 0.5, 60};
    builder_step(builder, trial, &spec);
    builder_invalid(builder, invalidity);
}

/* The everyday report: four services, one skipped, each with another story. */
static void four_services(struct findings_builder *builder)
{
    builder_init(builder, catalog);
    builder_backend(builder, "rust", "Rust", "axum");
    hold(builder, 0, 32000);
    hold(builder, 0, 64000);
    slow(builder, 0, 128000, CAUSE_CPU);
    builder_backend(builder, "go", "Go", "net/http");
    hold(builder, 0, 16000);
    hold(builder, 0, 32000);
    slow(builder, 0, 64000, CAUSE_CPU);
    builder_breach(builder, LIMIT_ERRORS, 2800, 0.0312);
    builder_breach(builder, LIMIT_QUEUE, 3000, 12400);
    builder_backend(builder, "node", "JavaScript", "Fastify");
    hold(builder, 0, 8000);
    hold(builder, 0, 16000);
    slow(builder, 0, 32000, CAUSE_ONE_THREAD);
    builder_breach(builder, LIMIT_ERRORS, 2800, 0.0312);
    builder_backend(builder, "python", "Python", "FastAPI");
    hold(builder, 0, 1000);
    hold(builder, 0, 2000);
    slow(builder, 0, 4000, CAUSE_WAITING);
    builder_skip(builder, "java", "java 21 or later is not installed.");
    builder_warn(builder, WARNING_SKIPPED, "java took no part: java 21 or later is not installed.", NULL);
    builder_warn(builder, WARNING_MACHINE, "the cores' clock is governed by \"powersave\"",
                 "cpupower frequency-set -g performance");
    builder_warn(builder, WARNING_RUN, "one trial a service: no interval", "make bench TRIALS=3");
    builder_finish(builder);
}

/* A run cut short in which nearly nothing was found out. */
static void open_ends(struct findings_builder *builder)
{
    struct step_spec dead = {500, VERDICT_BREAK, 0, FAILURE_CONNECT, 0, 0, 0, 0, 0};

    builder_init(builder, catalog);
    builder->log.end = (struct end_record){.present = true, .interrupted = true};
    builder->log.run.calibration.done = false;
    builder->log.run.cores_shared = true;
    builder_backend(builder, "rust", "Rust", "axum");
    hold(builder, 0, 64000);
    hold(builder, 0, 128000);
    builder_backend(builder, "go", "Go", "net/http");
    hold(builder, 0, 32000);
    invalid(builder, 0, 64000, INVALID_SEND_LAG);
    invalid(builder, 0, 128000, INVALID_GENERATOR_BUSY);
    builder_backend(builder, "zig", "Zig", "zap");
    hold(builder, 0, 16000);
    builder_backend(builder, "node", "JavaScript", "Fastify");
    invalid(builder, 0, 500, INVALID_UNSENT);
    invalid(builder, 0, 1000, INVALID_LITTLE);
    builder_backend(builder, "python", "Python", "FastAPI");
    builder_step(builder, 0, &dead);
    builder_breach(builder, LIMIT_ERRORS, 500, 1);
    builder_breach(builder, LIMIT_THROUGHPUT, 500, 0);
    builder_cause(builder, CAUSE_UNKNOWN);
    builder_backend(builder, "ruby", "Ruby", "Rails");
    invalid(builder, 0, 500, INVALID_SEND_LAG);
    slow(builder, 0, 1000, CAUSE_CPU);
    builder_backend(builder, "elixir", "Elixir", "Phoenix");
    builder_warn(builder, WARNING_RUN, "the run was cut short; what was measured until then stands", NULL);
    builder_finish(builder);
}

static const struct stall_host busy_host = {.known = true,
                                            .from_ns = 1200000000,
                                            .to_ns = 1500000000,
                                            .usage = {.known = true,
                                                      .service_cores = 0.02,
                                                      .run_delay_share = 0.25,
                                                      .blocked_share = 0.5,
                                                      .major_faults = 12,
                                                      .accept_queue_peak = 37},
                                            .foreign_share = 0.6,
                                            .memory_before_bytes = 60 << 20,
                                            .memory_after_bytes = 63 << 20};

/* Ways to break: crashes, no cause, ties inside a step, limits missed by a hair, a ladder with holes. */
static void odd_breaks(struct findings_builder *builder)
{
    struct step_spec crash = {4000, VERDICT_BREAK, 0.16, FAILURE_RESET, 2.4, 12, 0.4, 0.3, 480};
    struct step_spec dying = {8000, VERDICT_BREAK, 0.5, FAILURE_UNANSWERED, 700, 1900, 1.1, 0.8, 530};
    struct step_spec bare = {8000, VERDICT_BREAK, 0.99887, FAILURE_STATUS, 4, 50.02, 1.5, 0.8, 512.1};
    struct step_spec few = {500, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.4, 0, 0, 0, 40};
    struct stall_host unread = {0};

    builder_init(builder, catalog);
    builder_backend(builder, "hair", "C++", "oat++");
    hold(builder, 0, 4000);
    builder_stall(builder, &busy_host);
    builder_step(builder, 0, &bare);
    builder_breach(builder, LIMIT_LATENCY, 5000, 50.02e6);
    builder_breach(builder, LIMIT_ERRORS, 5000, 0.00100004);
    builder_breach(builder, LIMIT_THROUGHPUT, 5000, 0.94999);
    builder_breach(builder, LIMIT_MEMORY, 5000, 512.1 * MIB);
    builder_first_wrong(builder, &(struct wrong_response){.request = "read",
                                                          .status = 503,
                                                          .expected_status = 200,
                                                          .expected_bytes = NAN,
                                                          .body_bytes = 1234,
                                                          .body = "try again\tlater \x1b[31m|*"});
    builder_cause(builder, CAUSE_UNKNOWN);
    builder_backend(builder, "holes", "Lua", "lapis");
    hold(builder, 0, 1000);
    builder_stall(builder, &unread);
    invalid(builder, 0, 2000, INVALID_SEND_LAG);
    invalid(builder, 0, 4000, INVALID_UNSENT);
    invalid(builder, 0, 4000, INVALID_LITTLE); /* its repetition */
    slow(builder, 0, 8000, CAUSE_BACKLOG);
    hold(builder, 0, 16000);
    builder_backend(builder, "panics", "Go", "net/http");
    hold(builder, 0, 2000);
    builder_step(builder, 0, &crash);
    builder_breach(builder, LIMIT_CRASH, 812, 0);
    builder_breach(builder, LIMIT_ERRORS, 1000, 0.84);
    builder_death(builder, 2, 0, "starting\ngoroutine 17 [running]:\nfatal error: all goroutines are asleep\n\n");
    builder_cause(builder, CAUSE_CRASH);
    builder_backend(builder, "killed", "Java", "Spring");
    hold(builder, 0, 4000);
    builder_disturbed(builder, DISTURBANCE_FOREIGN, 0.483);
    builder_disturbed(builder, DISTURBANCE_STARVED, 0.175);
    builder_step(builder, 0, &dying);
    builder_breach(builder, LIMIT_LATENCY, 250, 1900e6);
    builder_breach(builder, LIMIT_QUEUE, 250, 3120);
    builder_breach(builder, LIMIT_CRASH, 3710, 0);
    builder_death(builder, -1, SIGKILL, NULL);
    builder_cause(builder, CAUSE_CRASH);
    builder_backend(builder, "few", "Perl", "Mojolicious");
    builder_step(builder, 0, &few);
    slow(builder, 0, 1000, CAUSE_CPU);
    builder_finish(builder);
}

static void climbs(struct findings_builder *builder, unsigned trial, uint64_t holds)
{
    hold(builder, trial, holds / 2);
    hold(builder, trial, holds);
    slow(builder, trial, holds * 2, CAUSE_CPU);
}

/* Before each block; others took from the second one. */
static void calibrate(struct findings_builder *builder)
{
    static const uint64_t rps[] = {168000, 90000, 181000};
    struct run_log *log = &builder->log;

    for (unsigned trial = 0; trial < 3; trial++) {
        struct calibration_record *record = list_add(log->calibrations, log->calibration_count);
        *record = (struct calibration_record){.trial = trial, .measured = log->run.calibration};
        record->measured.throughput_rps = rps[trial];
        record->measured.disturbed = trial == 1;
    }
}

/* Several trials: spreads that overlap and do not, a trial that says nothing, one that held nothing. */
static void trials(struct findings_builder *builder)
{
    builder_init(builder, catalog);
    builder->log.run.trials = 3;
    calibrate(builder);
    builder_backend(builder, "rust", "Rust", "axum")->followed = mem_string("4711 nginx");
    climbs(builder, 0, 32000);
    climbs(builder, 1, 32000);
    climbs(builder, 2, 32000);
    builder_backend(builder, "go", "Go", "net/http");
    climbs(builder, 0, 16000);
    climbs(builder, 1, 32000);
    climbs(builder, 2, 16000);
    builder_backend(builder, "node", "JavaScript", "Fastify");
    climbs(builder, 0, 8000);
    invalid(builder, 1, 8000, INVALID_GENERATOR_BUSY);
    climbs(builder, 2, 8000);
    builder_backend(builder, "python", "Python", "FastAPI");
    slow(builder, 0, 500, CAUSE_CPU);
    climbs(builder, 1, 1000);
    climbs(builder, 2, 8000);
    builder_backend(builder, "ruby", "Ruby", "Rails");
    slow(builder, 0, 500, CAUSE_CPU);
    slow(builder, 1, 500, CAUSE_CPU);
    builder_finish(builder);
}

static const char sockets[] =
    "{\"schema\": 1, \"name\": \"sockets\", \"why\": \"how many clients at once\",\n"
    " \"requests\": [{\"name\": \"read\", \"weight\": 1, \"method\": \"GET\", \"path\": \"/items/1\"}],\n"
    " \"double\": {\"what\": \"connections\", \"from\": 1, \"steps\": 8},\n"
    " \"step\": {\"warmup\": \"500ms\", \"measure\": \"10s\"}, \"deadline\": \"2s\", \"seed\": 1,\n"
    " \"limits\": {\"p999\": \"100ms\", \"errors\": \"1%\"}}";

static void connections(struct findings_builder *builder)
{
    builder_init(builder, sockets);
    builder_backend(builder, "go", "Go", "net/http");
    hold(builder, 0, 1);
    hold(builder, 0, 32);
    slow(builder, 0, 64, CAUSE_CPU);
    builder_backend(builder, "node", "JavaScript", "Fastify");
    hold(builder, 0, 1);
    slow(builder, 0, 2, CAUSE_ONE_THREAD);
    builder_finish(builder);
}

static const char series[] =
    "{\"schema\": 1, \"name\": \"series\", \"why\": \"the work in a request doubles\",\n"
    " \"requests\": [{\"name\": \"sum\", \"weight\": 1, \"method\": \"GET\", \"path\": \"/sum/{n}\"}],\n"
    " \"values\": {\"n\": {\"level\": true}},\n"
    " \"double\": {\"what\": \"n\", \"from\": 1000, \"steps\": 5, \"rate\": 200},\n"
    " \"step\": {\"warmup\": \"1s\", \"measure\": \"5s\"}, \"arrivals\": \"even\", \"deadline\": \"1s\", \"seed\": 1,\n"
    " \"limits\": {\"p99\": \"50ms\"}}";

static void value(struct findings_builder *builder)
{
    builder_init(builder, series);
    builder_backend(builder, "go", "Go", "net/http");
    hold(builder, 0, 8000);
    slow(builder, 0, 16000, CAUSE_CPU);
    builder_finish(builder);
}

/* Equal capacities: told apart by nothing; under limits that the reader set. */
static void ties(struct findings_builder *builder)
{
    builder_init(builder, catalog);
    builder->findings.other_limits = true;
    if (limits_set(&builder->findings.scenario.limits, "p99=100ms", NULL) != 0 ||
        limits_set(&builder->findings.scenario.limits, "memory=none", NULL) != 0) {
        abort();
    }
    builder->findings.profile = PROFILE_QUICK;
    builder_backend(builder, "go", "Go", "net/http");
    hold(builder, 0, 8000);
    slow(builder, 0, 16000, CAUSE_CPU);
    builder_backend(builder, "node", "JavaScript", "Fastify");
    hold(builder, 0, 8000);
    slow(builder, 0, 16000, CAUSE_ONE_THREAD);
    builder_finish(builder);
}

static void nothing_broke(struct findings_builder *builder)
{
    builder_init(builder, catalog);
    builder_backend(builder, "go", "Go", "net/http");
    hold(builder, 0, 128000);
    builder_backend(builder, "rust", "Rust", "axum");
    hold(builder, 0, 128000);
    builder_finish(builder);
}

static void no_answer(struct findings_builder *builder)
{
    builder_init(builder, catalog);
    builder->log.end.present = false;
    builder_backend(builder, "go", "Go", "net/http");
    invalid(builder, 0, 500, INVALID_SEND_LAG);
    invalid(builder, 0, 500, INVALID_FOREIGN); /* its repetition */
    builder_finish(builder);
}

/* Strings out of a stranger's file: control codes, markup, formulas, bytes that are no UTF-8, wide characters. */
static void strange_strings(struct findings_builder *builder)
{
    struct step_spec crash = {1000, VERDICT_BREAK, 0.5, FAILURE_RESET, 2, 10, 0.4, 0.3, 64};

    builder_init(builder, catalog);
    free(builder->log.run.machine.cpu);
    builder->log.run.machine.cpu = mem_string("\x1b[31mred\x1b[0m | <b>bold</b> \xE2\x80\xAEturned");
    free(builder->log.run.machine.governor);
    builder->log.run.machine.governor = NULL;
    builder_backend(builder, "日本語サービス", "日本語", "フレームワーク");
    hold(builder, 0, 500);
    builder_step(builder, 0, &crash);
    builder_breach(builder, LIMIT_CRASH, 100, 0);
    builder_death(builder, 1, 0,
                  "\x1b]0;title\x07"
                  "broken \xff\xfe bytes, \"quotes\" and `ticks`");
    builder_cause(builder, CAUSE_CRASH);
    builder_backend(builder, "=HYPERLINK(\"http://example.com\")", "naïve, \"quoted\"", "a|b*c_d");
    hold(builder, 0, 500);
    slow(builder, 0, 1000, CAUSE_CPU);
    builder_warn(builder, WARNING_MACHINE,
                 "line one\nline two \x9b"
                 "31m",
                 NULL);
    builder_finish(builder);
}

const char *const report_cases_catalog = catalog;

const struct report_case report_cases[] = {
    {"forecasts", forecasts_case},
    {"soak", soak_case},
    {"poison", poison_case},
    {"attached", attached_case},
    {"sessions", sessions_case},
    {"slow", slow_case},
    {"four_services", four_services},
    {"open_ends", open_ends},
    {"odd_breaks", odd_breaks},
    {"trials", trials},
    {"connections", connections},
    {"value", value},
    {"languages", languages_case},
    {"ties", ties},
    {"nothing_broke", nothing_broke},
    {"no_answer", no_answer},
    {"strange_strings", strange_strings},
    {NULL, NULL},
};

const struct report_case *report_case_named(const char *name)
{
    size_t i = 0;
    for (; strcmp(report_cases[i].name, name) != 0; i++) {
    }
    return &report_cases[i];
}

struct text report_case_write(const struct report_case *report_case, enum report_format format,
                              const struct report_options *options)
{
    struct findings_builder builder;
    struct text out = {0};

    report_case->build(&builder);
    report_write(&builder.findings, format, options, &out);
    builder_release(&builder);
    return out;
}

json_t *report_case_json(const struct report_case *report_case)
{
    struct text out = report_case_write(report_case, REPORT_JSON, NULL);
    json_error_t error;
    json_t *top = json_loads(out.data, JSON_REJECT_DUPLICATES, &error);

    if (top == NULL || out.data[out.length - 1] != '\n') {
        fprintf(stderr, "%s: line %d: %s\n", report_case->name, error.line, error.text);
        abort();
    }
    text_release(&out);
    return top;
}
