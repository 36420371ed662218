#include "bench/service/first_response.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "load/loader.h"
#include "plan/traffic/authorized.h"
#include "record/words/wrong_response_phrase.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#define IN_TIME_NS    (10 * CLOCK_SECOND_NS)
#define LOOK_EVERY_NS (50 * CLOCK_MILLISECOND_NS)

/* One request is due in so short a step, at its beginning. */
#define STEP_NS CLOCK_MILLISECOND_NS

/* How a request ended that got no response, in words. */
static const char *no_response(enum failure failure)
{
    switch (failure) {
    case FAILURE_CONNECT:
        return "no connection";
    case FAILURE_RESET:
        return "the connection ended before the response was whole";
    case FAILURE_PROTOCOL:
        return "no HTTP response";
    case FAILURE_UNSENT:
        return "the request could not be sent: this machine had no port, file descriptor or memory left for it";
    default:
        return "no response within 10 s";
    }
}

static enum failure failure_of(const struct tally *tally)
{
    for (int i = 0; i < FAILURE_COUNT; i++) {
        if (tally->failures[i] > 0) {
            return (enum failure)i;
        }
    }
    return FAILURE_UNANSWERED;
}

/* What is no HTTP response has none. */
static void add_body(struct text *out, const struct wrong_response *wrong)
{
    if (wrong->status != 0) {
        text_add(out, ", ");
        wrong_response_phrase_body(out, wrong);
    }
}

static char *describe(const struct traffic *one, const struct load_record *record, const char *trouble)
{
    const struct request *request = &one->requests[0];
    const struct wrong_response *wrong = record->first_wrong;
    enum failure failure = failure_of(&record->tally);
    struct text out = {0};

    text_format(&out, "its first response to \"%s\" is not as expected:\nrequest: ", request->name);
    traffic_write_request(one, request, &out);
    if (wrong != NULL) {
        text_add(&out, "\nexpected: ");
        wrong_response_phrase_expected(&out, wrong);
        text_add(&out, "\ncame: ");
        wrong_response_phrase_came(&out, wrong);
        add_body(&out, wrong);
    } else {
        text_format(&out, "\ncame: %s", no_response(failure));
    }
    if (wrong == NULL && failure == FAILURE_CONNECT && trouble != NULL) {
        text_format(&out, ": %s", trouble);
    }
    return secret_without(text_take(&out), NULL);
}

static void send(struct loader *loader, const struct first_response_options *options, struct load_record *ret_record)
{
    const struct planned_step step = {
        .level = options->scenario->from,
        .rate = CLOCK_SECOND_NS / STEP_NS,
        .arrivals = ARRIVALS_EVEN,
        .seed = options->scenario->seed,
        .measure_ns = STEP_NS,
        .drain_limit_ns = IN_TIME_NS,
        .interval_count = 1,
    };

    loader_start(loader, &step);
    while (!loader_wait(loader, LOOK_EVERY_NS)) {
        if (options->stop != NULL && atomic_load(options->stop)) {
            loader_stop(loader);
        }
    }
    loader_finish(loader, ret_record);
}

static int check_one(const struct traffic *one, const struct first_response_options *options, char **ret_fault,
                     struct error *err)
{
    struct loader_options load = {
        .traffic = one,
        .host = options->host,
        .port = options->port,
        .name = options->name,
        .protocol = options->protocol,
        .threads = 1,
        .deadline_ns = IN_TIME_NS,
        .connections_most = 1,
    };
    struct loader *loader;
    struct load_record record;

    if (loader_new(&loader, &load, err) != 0) {
        return -1;
    }
    send(loader, options, &record);
    if (record.tally.good == 0) {
        *ret_fault = describe(one, &record, loader_trouble(loader));
    }
    load_record_release(&record);
    loader_free(loader);
    return options->stop != NULL && atomic_load(options->stop) ? error_stopped(err) : 0;
}

int first_response_check(const struct first_response_options *options, char **ret_fault, struct error *err)
{
    struct authorized all;
    char *fault = NULL;
    int result = 0;

    authorized_init(&all, &options->scenario->traffic, options->authorization);
    for (size_t i = 0; i < all.traffic.request_count && fault == NULL && result == 0; i++) {
        struct traffic one = all.traffic;
        one.requests = &all.traffic.requests[i];
        one.request_count = 1;
        result = check_one(&one, options, &fault, err);
    }
    authorized_release(&all);
    if (result == 0) {
        *ret_fault = fault;
    } else {
        free(fault);
    }
    return result;
}
