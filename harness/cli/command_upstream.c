#include "command.h"

#include "base/clock.h"
#include "base/units.h"
#include "contract/upstream/upstream.h"

#include <string.h>
#include <sys/prctl.h>

#define DELAY_NS (20 * CLOCK_MILLISECOND_NS)
#define PORT     9090

struct upstream_line {
    uint64_t port, delay_ns, seed, at_once;
    const char *spread, *failures;
};

static int read_line(const struct upstream_line *line, struct upstream_options *options, struct error *err)
{
    double share = 0;

    if (line->port > UINT16_MAX) {
        return error_input(err, "--port: expected 1 to 65535");
    }
    if (strcmp(line->spread, "fixed") != 0 && strcmp(line->spread, "exponential") != 0) {
        return error_input(err, "--spread: expected fixed or exponential, found \"%.100s\"", line->spread);
    }
    if (line->failures != NULL && (units_read_share(line->failures, &share) != 0 || share > 1)) {
        return error_input(err, "--failures: expected a share such as 1%%, found \"%.100s\"", line->failures);
    }
    *options = (struct upstream_options){
        .port = (uint16_t)line->port,
        .delay_ns = line->delay_ns,
        .exponential = strcmp(line->spread, "exponential") == 0,
        .seed = line->seed,
        .at_once = line->at_once,
        .rule = {.failing_of_million = (uint32_t)(share * UPSTREAM_MILLION + 0.5)},
    };
    return 0;
}

int command_upstream(const struct command_line *command, struct error *err)
{
    struct upstream_line line = {.port = PORT, .delay_ns = DELAY_NS, .seed = 1, .spread = "fixed"};
    const struct option options[] = {
        {"port", OPTION_COUNT, &line.port, "N", "of 127.0.0.1 (default 9090)"},
        {"delay", OPTION_DURATION, &line.delay_ns, "TIME", "of each response, or their mean (default 20ms)"},
        {"spread", OPTION_TEXT, &line.spread, "NAME", "of the delays: fixed or exponential (default fixed)"},
        {"failures", OPTION_TEXT, &line.failures, "SHARE", "of calls, whose response is 503 (default none)"},
        {"at-once", OPTION_COUNT, &line.at_once, "N", "calls worked on at a time, the others wait (default all)"},
        {"seed", OPTION_NUMBER, &line.seed, "N", "of the delays (default 1)"},
        ARGUMENTS_EXAMPLE("upstream", "a slow service on 127.0.0.1:9090 that answers after 20 ms"),
        ARGUMENTS_EXAMPLE("upstream --port 9091 --delay 50ms --spread exponential --failures 1%",
                          "slower, uneven, and one call in a hundred fails"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct upstream_options upstream;

    if (command_read(command, "upstream [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count > 0) {
        return error_input(err, "upstream: expected no argument, found \"%s\"", rest.items[0]);
    }
    if (read_line(&line, &upstream, err) != 0) {
        return EXIT_FAILED;
    }
    prctl(PR_SET_NAME, "upstream"); /* a run starts it as /proc/self/exe, and ps would call it "exe" */
    command_raise_file_descriptors();
    if (upstream_run(&upstream, err) != 0) {
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}
