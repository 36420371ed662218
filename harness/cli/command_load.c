#include "command.h"
#include "target.h"
#include "wrong_line.h"

#include "base/clock.h"
#include "load/loader.h"
#include "plan/scenario/scenario.h"
#include "record/interval_log.h"
#include "report/load/load_condition.h"
#include "report/load/load_report.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define CONNECTIONS_MOST  10000
#define CONNECTIONS_USUAL 64
#define INTERVALS         20
#define LOOK_EVERY_NS     (100 * CLOCK_MILLISECOND_NS)

static const char usage[] = "load URL [--rate N | --connections N] [options]";

struct load_settings {
    uint64_t rate, connections, threads, duration_ns, warmup_ns, deadline_ns, seed;
    const char *arrivals, *scenario, *hlog;
    struct protocol protocol;
    struct arguments_list fail_if;
    bool json, allow_remote;
    const atomic_bool *stop;
};

static int read_arrivals(const struct load_settings *settings, enum arrivals *ret_arrivals, struct error *err)
{
    if (strcmp(settings->arrivals, "poisson") == 0) {
        *ret_arrivals = ARRIVALS_POISSON;
    } else if (strcmp(settings->arrivals, "even") == 0) {
        *ret_arrivals = ARRIVALS_EVEN;
    } else {
        return error_input(err, "--arrivals: expected poisson or even, found \"%s\"", settings->arrivals);
    }
    return 0;
}

static int make_loader(const struct load_settings *settings, const struct target *target, const struct traffic *traffic,
                       struct loader **ret_loader, struct error *err)
{
    struct loader_options options = {.traffic = traffic,
                                     .host = target->address,
                                     .port = target->port,
                                     .name = target->name,
                                     .protocol = settings->protocol,
                                     .threads = (unsigned)settings->threads,
                                     .deadline_ns = settings->deadline_ns,
                                     .connections_most = CONNECTIONS_MOST,
                                     .spin = settings->rate > 0};

    return loader_new(ret_loader, &options, err);
}

/* Shows the first wrong response as soon as it is there. Returns whether it did. */
static bool wait_for_end(struct loader *loader, const struct traffic *traffic, const atomic_bool *stop)
{
    bool told = false;

    while (!loader_wait(loader, LOOK_EVERY_NS)) {
        const struct wrong_response *wrong = loader_first_wrong(loader);
        if (atomic_load(stop)) {
            loader_stop(loader);
        }
        if (wrong != NULL && !told) {
            told = true;
            wrong_line_print(traffic, wrong);
        }
    }
    return told;
}

static int run_load(const struct load_settings *settings, const struct target *target, const struct traffic *traffic,
                    struct load_record *ret_record, struct error *err)
{
    struct loader *loader;
    struct planned_step step = {.rate = settings->rate,
                                .connections = settings->connections,
                                .level = 1,
                                .seed = settings->seed,
                                .warmup_ns = settings->warmup_ns,
                                .measure_ns = settings->duration_ns,
                                .drain_limit_ns = settings->deadline_ns,
                                .interval_count = INTERVALS};

    if (read_arrivals(settings, &step.arrivals, err) != 0 ||
        make_loader(settings, target, traffic, &loader, err) != 0) {
        return -1;
    }
    command_raise_file_descriptors();
    loader_start(loader, &step);
    bool told = wait_for_end(loader, traffic, settings->stop);
    loader_finish(loader, ret_record);
    if (!told && ret_record->first_wrong != NULL) {
        wrong_line_print(traffic, ret_record->first_wrong);
    }
    if (loader_trouble(loader) != NULL) {
        fprintf(stderr, "twofold: not all connections could be made: %s\n", loader_trouble(loader));
    }
    loader_free(loader);
    return 0;
}

static int check_settings(struct load_settings *settings, struct error *err)
{
    if (settings->rate > 0 && settings->connections > 0) {
        return error_input(err, "--rate (open load) and --connections (closed load) exclude each other");
    }
    if (settings->rate == 0 && settings->connections == 0) {
        settings->connections = CONNECTIONS_USUAL;
    }
    for (size_t i = 0; i < settings->fail_if.count; i++) {
        struct load_condition condition;
        if (load_condition_read(&condition, settings->fail_if.items[i], err) != 0) {
            return -1;
        }
    }
    if (settings->threads > 256) {
        return error_input(err, "--threads: expected 1 to 256");
    }
    if (settings->hlog != NULL) {
        return command_check_destination(&(struct destination){"--hlog", settings->hlog}, err);
    }
    return 0;
}

/* Judges the conditions; each that holds is reported on standard error. */
static int conditions_hold(const struct load_settings *settings, const struct load_record *record)
{
    int held = 0;
    for (size_t i = 0; i < settings->fail_if.count; i++) {
        struct load_condition condition;
        double figure;
        if (load_condition_read(&condition, settings->fail_if.items[i], NULL) == 0 &&
            load_condition_holds(&condition, record, &figure)) {
            fprintf(stderr, "twofold: --fail-if %s holds: it is %.6g\n", settings->fail_if.items[i], figure);
            held = 1;
        }
    }
    return held;
}

static int write_hlog(const struct load_settings *settings, const struct load_record *record, struct error *err)
{
    struct text out = {0};
    double now = (double)time(NULL), ago = (double)(clock_now_ns() - record->started_ns) / 1e9;

    if (settings->hlog == NULL) {
        return 0;
    }
    interval_log_write(record, now - ago, &out);
    int result = command_write_to(&out, &(struct destination){"--hlog", settings->hlog}, err);
    text_release(&out);
    return result;
}

/* Prints the record and returns the exit status. */
static int conclude(const struct load_settings *settings, const struct load_record *record, bool stopped,
                    struct error *err)
{
    struct load_validity validity;
    struct text out = {0};

    load_report_validity(record, &validity);
    if (settings->json) {
        load_report_json(record, &validity, protocol_name(&settings->protocol), &out);
    } else {
        load_report_text(record, &validity, protocol_name(&settings->protocol), &out);
    }
    int result = command_write(&out, NULL, err);
    text_release(&out);
    if (result == 0) {
        result = write_hlog(settings, record, err);
    }
    if (result != 0) {
        return EXIT_FAILED;
    }
    if (validity.unreached) {
        error_failed(err, "load: no connection could be made, so nothing was measured");
        return EXIT_FAILED;
    }
    if (stopped) {
        return EXIT_INTERRUPTED;
    }
    if (!validity.valid) {
        return EXIT_NOT_VALID;
    }
    return conditions_hold(settings, record) ? EXIT_HELD : EXIT_FINE;
}

static int complete_protocol(struct protocol *protocol, const struct target *target, struct error *err)
{
    protocol->tls = target->tls;
    if (!protocol->tls && (protocol->insecure || protocol->ca_file != NULL)) {
        return error_input(err, "--insecure and --cacert are for https:// only");
    }
    return 0;
}

static int load_url(struct load_settings *settings, const char *url, struct error *err)
{
    struct target target;
    struct scenario scenario = {0};
    struct traffic plain = {0};
    const struct traffic *traffic = &plain;
    struct load_record record;
    int status = EXIT_FAILED;

    if (target_read(&target, url, settings->allow_remote, err) != 0) {
        return EXIT_FAILED;
    }
    traffic_init_get(&plain, target.path);
    if (complete_protocol(&settings->protocol, &target, err) != 0) {
        goto done;
    }
    if (settings->scenario != NULL && scenario_read(&scenario, settings->scenario, err) != 0) {
        goto done;
    }
    if (settings->scenario != NULL) {
        traffic = &scenario.traffic;
    }
    if (run_load(settings, &target, traffic, &record, err) != 0) {
        goto done;
    }
    status = conclude(settings, &record, atomic_load(settings->stop), err);
    load_record_release(&record);
done:
    if (settings->scenario != NULL) {
        scenario_release(&scenario);
    }
    traffic_release(&plain);
    target_release(&target);
    return status;
}

int command_load(const struct command_line *line, struct error *err)
{
    struct load_settings settings = {
        .threads = 1,
        .duration_ns = 10 * CLOCK_SECOND_NS,
        .warmup_ns = CLOCK_SECOND_NS / 2,
        .deadline_ns = CLOCK_SECOND_NS,
        .seed = 1,
        .arrivals = "poisson",
        .stop = line->stop,
    };
    const struct option options[] = {
        {"rate", OPTION_COUNT, &settings.rate, "N", "open load: N requests a second, whatever the service does"},
        {"connections", OPTION_COUNT, &settings.connections, "N",
         "closed load: N connections, each waits for its response (default 64)"},
        {"duration", OPTION_DURATION, &settings.duration_ns, "TIME", "measured time (default 10s)"},
        {"settle", OPTION_DURATION, &settings.warmup_ns, "TIME", "older name of --warmup"},
        {"warmup", OPTION_DURATION, &settings.warmup_ns, "TIME", "load before it, not counted (default 500ms)"},
        {"arrivals", OPTION_TEXT, &settings.arrivals, "KIND", "poisson (default) or even"},
        {"threads", OPTION_COUNT, &settings.threads, "N", "generator threads (default 1)"},
        {"deadline", OPTION_DURATION, &settings.deadline_ns, "TIME", "a later response is a failure (default 1s)"},
        {"seed", OPTION_COUNT, &settings.seed, "N", "of schedule and values (default 1)"},
        {"scenario", OPTION_TEXT, &settings.scenario, "FILE", "send its requests instead of a GET of the URL"},
        {"http2", OPTION_FLAG, &settings.protocol.http2, NULL,
         "HTTP/2 and nothing else; without TLS: known beforehand"},
        {"cacert", OPTION_TEXT, &settings.protocol.ca_file, "FILE",
         "trust these certificates (PEM) instead of the system's"},
        {"insecure", OPTION_FLAG, &settings.protocol.insecure, NULL, "any certificate will do"},
        {"hlog", OPTION_TEXT, &settings.hlog, "FILE", "response times as an HdrHistogram interval log, a new file"},
        {"fail-if", OPTION_TEXTS, &settings.fail_if, "COND", "exit 4 when it holds: 'p99>50ms'; may be repeated"},
        {"json", OPTION_FLAG, &settings.json, NULL, "figures as JSON"},
        {"allow-remote", OPTION_FLAG, &settings.allow_remote, NULL, "send load to other machines too"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    if (command_read(line, usage, options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count != 1) {
        error_input(err, "load: expected one URL, such as http://127.0.0.1:8080/items/1");
        return EXIT_USAGE;
    }
    if (check_settings(&settings, err) != 0) {
        return EXIT_USAGE;
    }
    return load_url(&settings, rest.items[0], err);
}
