#include "command.h"
#include "run/request_line.h"
#include "wrong_line.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/units.h"
#include "load/loader.h"
#include "load/target.h"
#include "plan/scenario/doubling.h"
#include "plan/scenario/scenario.h"
#include "record/interval_log.h"
#include "report/load/load_condition.h"
#include "report/load/load_report.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define CONNECTIONS_MOST  10000
#define CONNECTIONS_USUAL 64
#define THREADS_MOST      256
#define INTERVALS         20
#define LOOK_EVERY_NS     (100 * CLOCK_MILLISECOND_NS)

static const uint64_t duration_least_ns = 10 * CLOCK_MILLISECOND_NS;
static const uint64_t time_most_ns = 24 * 3600 * CLOCK_SECOND_NS;

static const char usage[] = "load URL [--rate N | --connections N] [options]";

struct load_settings {
    const char *rate; /* as it was written; NULL: closed load */
    uint64_t connections, threads, duration_ns, warmup_ns, deadline_ns, seed;
    const char *arrivals, *scenario, *hlog;
    struct protocol protocol;
    struct request_line request;
    struct arguments_list fail_if;
    bool json, allow_remote;
    const atomic_bool *stop;
    struct planned_step step; /* all of it, once it was checked */
};

/* --- the command line --------------------------------------------------------------------------------------------- */

static int read_rate(const struct load_settings *settings, struct planned_step *step, struct error *err)
{
    if (settings->rate == NULL) {
        return 0;
    }
    if (units_read_rate(settings->rate, &step->rate, &step->rate_ns) != 0 ||
        (double)step->rate * (double)CLOCK_SECOND_NS / (double)step->rate_ns > DOUBLING_LEVEL_MOST) {
        return error_input(err,
                           "--rate: expected requests a second, such as 200 or 0.5, or a count in a time, such as "
                           "1/10s, up to %d/s, found \"%s\"",
                           DOUBLING_LEVEL_MOST, settings->rate);
    }
    return 0;
}

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

static int check_counts(const struct load_settings *settings, struct error *err)
{
    if (settings->rate != NULL && settings->connections > 0) {
        return error_input(err, "--rate (open load) and --connections (closed load) exclude each other");
    }
    if (settings->connections > DOUBLING_CONNECTIONS_MOST) {
        return error_input(err, "--connections: expected 1 to %d, found %" PRIu64, DOUBLING_CONNECTIONS_MOST,
                           settings->connections);
    }
    if (settings->threads > THREADS_MOST) {
        return error_input(err, "--threads: expected 1 to %d, found %" PRIu64, THREADS_MOST, settings->threads);
    }
    return 0;
}

static int check_times(const struct load_settings *settings, struct error *err)
{
    if (settings->duration_ns < duration_least_ns || settings->duration_ns > time_most_ns) {
        return error_input(err, "--duration: expected a time from 10ms to 24h");
    }
    if (settings->warmup_ns > time_most_ns) {
        return error_input(err, "--warmup: expected a time up to 24h");
    }
    if (settings->deadline_ns > time_most_ns) {
        return error_input(err, "--deadline: expected a time up to 24h");
    }
    return 0;
}

static int check_conditions(const struct load_settings *settings, struct error *err)
{
    for (size_t i = 0; i < settings->fail_if.count; i++) {
        struct load_condition condition;
        if (load_condition_read(&condition, settings->fail_if.items[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int check_settings(struct load_settings *settings, struct error *err)
{
    struct planned_step step = {.connections = settings->connections,
                                .level = 1,
                                .seed = settings->seed,
                                .warmup_ns = settings->warmup_ns,
                                .measure_ns = settings->duration_ns,
                                .drain_limit_ns = settings->deadline_ns,
                                .interval_count = INTERVALS};

    if (check_counts(settings, err) != 0 || check_times(settings, err) != 0 || read_rate(settings, &step, err) != 0 ||
        read_arrivals(settings, &step.arrivals, err) != 0 || check_conditions(settings, err) != 0) {
        return -1;
    }
    if (step.rate == 0 && step.connections == 0) {
        step.connections = CONNECTIONS_USUAL;
    }
    if (settings->scenario != NULL && request_line_given(&settings->request)) {
        return error_input(err,
                           "-X, -H and -d are of the request of the URL; with --scenario, write them into the file");
    }
    if (settings->hlog != NULL &&
        command_check_destination(&(struct destination){"--hlog", settings->hlog}, err) != 0) {
        return -1;
    }
    settings->step = step;
    return 0;
}

/* --- the load ----------------------------------------------------------------------------------------------------- */

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
                                     .spin = settings->rate != NULL};

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

    if (make_loader(settings, target, traffic, &loader, err) != 0) {
        return -1;
    }
    command_raise_file_descriptors();
    loader_start(loader, &settings->step);
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

/* Judges the conditions; each that holds, and each that cannot be judged, is reported on standard error. */
static enum exit_status judge_conditions(const struct load_settings *settings, const struct load_record *record)
{
    bool held = false, unknown = false;

    for (size_t i = 0; i < settings->fail_if.count; i++) {
        const char *text = settings->fail_if.items[i];
        struct load_condition condition;
        double figure;
        if (load_condition_read(&condition, text, NULL) != 0) {
            continue; /* it was read before the load */
        }
        switch (load_condition_judge(&condition, record, &figure)) {
        case CONDITION_HOLDS:
            fprintf(stderr, "twofold: --fail-if %s holds: it is %.6g\n", text, figure);
            held = true;
            break;
        case CONDITION_UNKNOWN:
            fprintf(stderr, "twofold: --fail-if %s cannot be judged: too few requests have a time\n", text);
            unknown = true;
            break;
        case CONDITION_FAILS:
            break;
        }
    }
    if (held) {
        return EXIT_HELD;
    }
    return unknown ? EXIT_NOT_VALID : EXIT_FINE;
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
    return judge_conditions(settings, record);
}

static int load_url(struct load_settings *settings, const char *url, struct error *err)
{
    struct target target;
    struct scenario scenario = {0};
    struct traffic plain = {0};
    struct traffic *traffic = &plain;
    struct load_record record;
    int status = EXIT_FAILED;

    if (target_read(&target, url, settings->allow_remote, err) != 0) {
        return EXIT_FAILED;
    }
    if (request_line_make(&settings->request, target.path, &plain, err) != 0) {
        goto done;
    }
    if (target_complete_protocol(&target, &settings->protocol, err) != 0 ||
        (settings->scenario != NULL && target_check_bare(&target, err) != 0)) {
        goto done;
    }
    if (settings->scenario != NULL && scenario_read(&scenario, settings->scenario, err) != 0) {
        goto done;
    }
    if (settings->scenario != NULL) {
        traffic = &scenario.traffic;
    }
    if (traffic_need_env(traffic, err) != 0) {
        error_context(err, "%s", settings->scenario);
        goto done;
    }
    if (target.authorization != NULL) {
        secret_keep(strchr(target.authorization, ' ') + 1);
        traffic_add_header(traffic, "Authorization", target.authorization);
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
        {"rate", OPTION_TEXT, &settings.rate, "N",
         "open load: N requests a second, or N in a time (1/10s), whatever the service does"},
        {"connections", OPTION_COUNT, &settings.connections, "N",
         "closed load: N connections, each waits for its response (default 64)"},
        {"duration", OPTION_DURATION, &settings.duration_ns, "TIME", "measured time (default 10s)"},
        {"settle", OPTION_DURATION, &settings.warmup_ns, "TIME", "older name of --warmup"},
        {"warmup", OPTION_DURATION, &settings.warmup_ns, "TIME", "load before it, not counted (default 500ms)"},
        {"arrivals", OPTION_TEXT, &settings.arrivals, "KIND", "poisson (default) or even"},
        {"threads", OPTION_COUNT, &settings.threads, "N", "generator threads (default 1)"},
        {"deadline", OPTION_DURATION, &settings.deadline_ns, "TIME", "a later response is a failure (default 1s)"},
        {"seed", OPTION_NUMBER, &settings.seed, "N", "of schedule and values (default 1)"},
        {"scenario", OPTION_TEXT, &settings.scenario, "FILE", "send its requests instead of a GET of the URL"},
        {"X", OPTION_TEXT, &settings.request.method, "METHOD",
         "another method than GET, or than POST where there is a -d"},
        {"H", OPTION_TEXTS, &settings.request.headers, "'K: V'", "send this header; may be repeated"},
        {"d", OPTION_TEXTS, &settings.request.data, "BODY|@FILE",
         "send this body, or the bytes of a file, as they are"},
        {"http2", OPTION_FLAG, &settings.protocol.http2, NULL,
         "HTTP/2 and nothing else; without TLS: known beforehand"},
        {"cacert", OPTION_TEXT, &settings.protocol.ca_file, "FILE",
         "trust these certificates (PEM) instead of the system's"},
        {"insecure", OPTION_FLAG, &settings.protocol.insecure, NULL, "any certificate will do"},
        {"hlog", OPTION_TEXT, &settings.hlog, "FILE", "response times as an HdrHistogram interval log, a new file"},
        {"fail-if", OPTION_TEXTS, &settings.fail_if, "COND", "exit 4 when it holds: 'p99>50ms'; may be repeated"},
        {"json", OPTION_FLAG, &settings.json, NULL, "figures as JSON"},
        {"allow-remote", OPTION_FLAG, &settings.allow_remote, NULL, "send load to other machines too"},
        ARGUMENTS_EXAMPLE("load http://127.0.0.1:8080/items/1 --rate 5000",
                          "5,000 GETs a second for ten seconds, sent when they are due"),
        ARGUMENTS_EXAMPLE("load http://127.0.0.1:8080/items -d @item.json --rate 200 --fail-if 'p99>50ms'",
                          "POSTs of a file; status 4 where the p99 is above 50 ms"),
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
