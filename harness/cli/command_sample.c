#include "command.h"

#include "base/clock.h"
#include "base/core_set.h"
#include "base/mem.h"
#include "host/watch/watch.h"
#include "record/reading/sample_json.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define INTERVAL_NS       (100 * CLOCK_MILLISECOND_NS)
#define INTERVAL_LEAST_NS (10 * CLOCK_MILLISECOND_NS)
#define TIME_MOST_NS      (24 * 3600 * CLOCK_SECOND_NS)

static const char usage[] =
    "sample --pid N | --port N | --cgroup PATH | --container NAME [options]\n"
    "Prints readings of a service on this machine as JSON lines, until it has ended, the reader is gone, or Ctrl-C.\n"
    "The first line, \"record\": \"watch\", says what is read. Each \"sample\" has the moment at_ns (on the clock\n"
    "that counts since this machine was started) and unix_ns; keys that end in _ns are nanoseconds, in _bytes bytes,\n"
    "pressures percent; CPU times, faults and events are totals, of which differences count; null is what could not\n"
    "be read. The last line is \"gone\" where the service has ended.";

struct sample_settings {
    uint64_t pid, port, interval_ns, duration_ns;
    const char *cgroup, *container;
    bool clock;
    const atomic_bool *stop;
};

/* --- what is read ------------------------------------------------------------------------------------------------- */

/* The text that says it, on the heap. */
static char *text_of(const struct sample_settings *settings)
{
    if (settings->pid > 0) {
        return mem_format("pid:%" PRIu64, settings->pid);
    }
    if (settings->cgroup != NULL) {
        return mem_format("cgroup:%s", settings->cgroup);
    }
    if (settings->container != NULL) {
        return mem_format("container:%s", settings->container);
    }
    return mem_string("auto");
}

static int open_watch(const struct sample_settings *settings, struct watch **ret_watch, struct error *err)
{
    char *text = text_of(settings);
    const char *const texts[] = {text};
    struct watch_options options = {.texts = texts,
                                    .count = 1,
                                    .port = (uint16_t)settings->port,
                                    .local = settings->port > 0};
    int result = watch_open(ret_watch, &options, err);

    free(text);
    return result;
}

static int check(const struct sample_settings *settings, struct error *err)
{
    int given = (settings->pid > 0) + (settings->port > 0) + (settings->cgroup != NULL) + (settings->container != NULL);

    if (given != 1) {
        return error_input(err, "sample: expected one of --pid, --port, --cgroup and --container, found %s",
                           given == 0 ? "none" : "several");
    }
    if (settings->port > UINT16_MAX) {
        return error_input(err, "--port: expected 1 to 65535");
    }
    if (settings->interval_ns < INTERVAL_LEAST_NS || settings->interval_ns > TIME_MOST_NS) {
        return error_input(err, "--interval: expected a time from 10ms to 24h");
    }
    return 0;
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

/* Takes `line`. Returns 1 where nobody reads any more. */
static int print_line(json_t *line, const char *record, struct error *err)
{
    json_object_set_new(line, "record", json_string(record));
    char *text = json_dumps(line, JSON_COMPACT | JSON_SORT_KEYS);
    errno = 0;
    bool written = printf("%s\n", text) >= 0 && fflush(stdout) == 0;
    int why = errno;
    free(text);
    json_decref(line);
    if (written) {
        return 0;
    }
    clearerr(stdout); /* it is told here */
    return why == EPIPE ? 1 : error_failed(err, "standard output: cannot be written: %s", strerror(why));
}

static json_t *clock_json(uint64_t at_ns)
{
    json_t *line = json_object();

    json_object_set_new(line, "at_ns", json_integer((json_int_t)at_ns));
    return line;
}

static int print_watch(const struct watch *watch, struct error *err)
{
    json_t *line = clock_json(clock_now_ns());
    char *cores = core_set_text(watch_core_set(watch));

    json_object_set_new(line, "version", json_string(TWOFOLD_VERSION));
    json_object_set_new(line, "watched", json_string(watch_words(watch)));
    json_object_set_new(line, "cores", json_string(cores));
    free(cores);
    return print_line(line, "watch", err);
}

static int print_sample(struct watch *watch, struct error *err)
{
    json_t *line = json_object();
    struct timespec unix_time;
    struct sample sample;

    watch_sample(watch, &sample);
    clock_gettime(CLOCK_REALTIME, &unix_time);
    sample_json_write(&sample, line);
    json_object_set_new(line, "unix_ns",
                        json_integer((json_int_t)unix_time.tv_sec * 1000000000 + (json_int_t)unix_time.tv_nsec));
    return print_line(line, "sample", err);
}

/* --- the clock ---------------------------------------------------------------------------------------------------- */

/* Answers each line of the input at once. Returns 1 when the input has ended. */
static int answer(struct error *err)
{
    char block[256];
    ssize_t got = read(STDIN_FILENO, block, sizeof block);
    int result = got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);

    for (ssize_t i = 0; i < got && result == 0; i++) {
        if (block[i] == '\n') {
            result = print_line(clock_json(clock_now_ns()), "clock", err);
        }
    }
    return result;
}

/* Until the moment, or until there is a reason to end, which makes it 1. */
static int wait_until(const struct sample_settings *settings, uint64_t until_ns, struct error *err)
{
    int result = 0;

    for (uint64_t now_ns = clock_now_ns(); result == 0 && now_ns < until_ns; now_ns = clock_now_ns()) {
        struct pollfd input = {.fd = settings->clock ? STDIN_FILENO : -1, .events = POLLIN};
        uint64_t left_ms = (until_ns - now_ns + CLOCK_MILLISECOND_NS - 1) / CLOCK_MILLISECOND_NS;
        if (poll(&input, 1, left_ms < 1000 ? (int)left_ms : 1000) > 0) {
            result = answer(err);
        }
        if (atomic_load(settings->stop)) {
            return 1;
        }
    }
    return result;
}

static int print_samples(const struct sample_settings *settings, struct watch *watch, struct error *err)
{
    uint64_t next_ns = clock_now_ns();
    uint64_t end_ns = settings->duration_ns > 0 ? next_ns + settings->duration_ns : UINT64_MAX;
    int result = print_watch(watch, err);

    while (result == 0 && clock_now_ns() < end_ns) {
        if (!watch_alive(watch)) {
            return print_line(clock_json(clock_now_ns()), "gone", err);
        }
        result = print_sample(watch, err);
        next_ns += settings->interval_ns;
        if (result == 0) {
            result = wait_until(settings, next_ns < end_ns ? next_ns : end_ns, err);
        }
        next_ns = next_ns > clock_now_ns() ? next_ns : clock_now_ns();
    }
    return result;
}

int command_sample(const struct command_line *line, struct error *err)
{
    struct sample_settings settings = {.interval_ns = INTERVAL_NS, .stop = line->stop};
    const struct option options[] = {
        {"pid", OPTION_COUNT, &settings.pid, "N", "the process of this number, with its descendants"},
        {"port", OPTION_COUNT, &settings.port, "N", "the process that listens on this TCP port; also its accept queue"},
        {"cgroup", OPTION_TEXT, &settings.cgroup, "PATH", "the processes of this control group"},
        {"container", OPTION_TEXT, &settings.container, "NAME", "the process of this container of podman or docker"},
        {"interval", OPTION_DURATION, &settings.interval_ns, "T", "between readings (default 100ms)"},
        {"duration", OPTION_DURATION, &settings.duration_ns, "T", "until when (default: until the service ends)"},
        {"clock", OPTION_FLAG, &settings.clock, NULL,
         "answer each line of the input with the clock, and end with the input"},
        ARGUMENTS_EXAMPLE("sample --port 8080", "what the process that listens there uses, ten times a second"),
        ARGUMENTS_EXAMPLE("sample --pid 4711 --interval 1s --duration 1min > use.jsonl",
                          "a minute of one process and its descendants, into a file"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct watch *watch;

    if (command_read(line, usage, options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count > 0) {
        return error_input(err, "sample: expected no argument, found \"%s\"", rest.items[0]);
    }
    if (check(&settings, err) != 0 || open_watch(&settings, &watch, err) != 0) {
        return EXIT_FAILED;
    }
    int result = print_samples(&settings, watch, err);
    watch_free(watch);
    return result < 0 ? EXIT_FAILED : EXIT_FINE;
}
