#include "bench/service/first_response.h"

#include "base/clock.h"
#include "base/mem.h"
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

/* One user arrives in this time, at its beginning, and comes as far as the service lets one come in it. */
#define SESSION_NS CLOCK_SECOND_NS

/* Two messages are due on a stream in this time. */
#define STREAM_NS (2 * CLOCK_SECOND_NS)

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

/* The request that failed; the first where none of them was sent. */
static const struct request *failed_request(const struct traffic *one, const struct load_record *record)
{
    for (size_t i = 0; i < record->request_count; i++) {
        if (tally_failed(&record->requests[i].tally) > 0) {
            return &one->requests[i];
        }
    }
    return one->session_count > 0 ? &one->requests[one->sessions[0].steps[0].request] : &one->requests[0];
}

static char *describe(const struct traffic *one, const struct load_record *record, const char *trouble)
{
    const struct request *request = failed_request(one, record);
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
    struct planned_step step = {
        .level = options->scenario->from,
        .rate = CLOCK_SECOND_NS / STEP_NS,
        .arrivals = ARRIVALS_EVEN,
        .seed = options->scenario->seed,
        .measure_ns = STEP_NS,
        .drain_limit_ns = IN_TIME_NS,
        .interval_count = 1,
    };

    if (options->scenario->traffic.session_count > 0) {
        step.users = step.rate = 1;
        step.measure_ns = step.rate_ns = SESSION_NS;
    }

    if (options->scenario->doubling == DOUBLING_SUBSCRIBERS) { /* a stream has a second to be there */
        step.rate = step.connections = step.subscribers = 1;
        step.warmup_ns = CLOCK_SECOND_NS;
        step.measure_ns = STREAM_NS;
    }
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
        .sessions_most = 1,
    };
    struct loader *loader;
    struct load_record record;

    if (loader_new(&loader, &load, err) != 0) {
        return -1;
    }
    send(loader, options, &record);
    if (record.tally.good == 0 || record.tally.good < record.tally.offered) {
        *ret_fault = describe(one, &record, loader_trouble(loader));
    }
    load_record_release(&record);
    loader_free(loader);
    return options->stop != NULL && atomic_load(options->stop) ? error_stopped(err) : 0;
}

/* A user who takes every step at once. */
static int check_session(const struct traffic *all, size_t index, const struct first_response_options *options,
                         char **ret_fault, struct error *err)
{
    struct user_session session = all->sessions[index];
    struct traffic one = *all;

    session.steps = mem_new(session.step_count, sizeof *session.steps);
    for (size_t i = 0; i < session.step_count; i++) {
        session.steps[i] = all->sessions[index].steps[i];
        session.steps[i].think = (struct think){0};
        session.steps[i].chance = 1;
        session.steps[i].goes_on = false;
    }
    one.sessions = &session;
    one.session_count = 1;
    int result = check_one(&one, options, ret_fault, err);
    free(session.steps);
    return result;
}

static int check_request(const struct traffic *all, size_t index, const struct first_response_options *options,
                         char **ret_fault, struct error *err)
{
    struct traffic one = *all;

    one.requests = &all->requests[index];
    one.request_count = 1;
    return check_one(&one, options, ret_fault, err);
}

int first_response_check(const struct first_response_options *options, char **ret_fault, struct error *err)
{
    struct authorized all;
    char *fault = NULL;
    int result = 0;

    authorized_init(&all, &options->scenario->traffic, options->authorization);
    bool sessions = all.traffic.session_count > 0;
    size_t count = sessions ? all.traffic.session_count : all.traffic.request_count;
    for (size_t i = 0; i < count && fault == NULL && result == 0; i++) {
        if (sessions || !all.traffic.requests[i].fault) {
            result = (sessions ? check_session : check_request)(&all.traffic, i, options, &fault, err);
        }
    }
    authorized_release(&all);
    if (result == 0) {
        *ret_fault = fault;
    } else {
        free(fault);
    }
    return result;
}
