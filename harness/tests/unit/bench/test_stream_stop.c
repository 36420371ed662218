/* Services that are asked to stop while a stream of events is open (peers/event_stream.py), started as a backend is. */
#include "bench/service/starting/stream_stop.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* What the check says of a service with that fault; NULL: nothing. `ret_ended`: whether the service was gone then. */
static char *check(const char *fault, char *const *operations, uint64_t patience_ns, bool *ret_ended)
{
    char *script = mem_format("%s/peers/event_stream.py", TESTS_FOLDER);
    char *argv[] = {(char *)"python3", script, (char *)(uintptr_t)fault, NULL};
    struct manifest manifest = {.name = (char *)(uintptr_t)fault,
                                .folder = (char *)"/",
                                .ready = (char *)MANIFEST_READY,
                                .operations = (char **)(uintptr_t)operations,
                                .run = {.argv = argv}};
    struct core_set cores = {{0}};
    struct instance instance;
    struct error err = {0};
    char *why = NULL;

    core_set_add(&cores, 0);
    if (instance_start(&instance, &(struct instance_options){.manifest = &manifest, .cores = &cores}, &err) != 0) {
        fail_msg("%s", err.message);
    }
    stream_stop_check(&instance, &manifest, patience_ns, &why);
    char *end = instance_end(&instance);
    *ret_ended = end != NULL;
    free(end);
    instance_stop(&instance);
    free(script);
    return why;
}

static char *const streaming[] = {(char *)"health", (char *)"streamEvents", NULL};
static char *const others[] = {(char *)"health", NULL};

struct stop_case {
    const char *fault, *name;
};

static const struct stop_case fine[] = {
    {"none", "a service that stops with its stream open is fine"},
    {"half_stop", "so is one that stops behind half of an event"},
    {"brief", "so is one that ended the stream itself, before it was asked to stop"},
    {"garbage", "so is one whose stream ended before it had a head"},
    {"mute", "so is one that never gave the stream a head"},
};

TEST_EACH(whoever_stops_in_time_is_fine, fine)
{
    const struct stop_case *stop = *state;
    bool ended;
    char *why = check(stop->fault, streaming, INSTANCE_PATIENCE_NS, &ended);

    if (why != NULL) {
        fail_msg("%s", why);
    }
    assert_true(ended);
}

TEST(one_that_waits_for_its_streams_to_end_is_killed_and_told)
{
    bool ended;
    char *why = check("waits", streaming, CLOCK_SECOND_NS / 2, &ended);

    assert_non_null(why);
    assert_string_equal(why, "it did not end within 500 ms of SIGTERM while a stream of GET /events was open, and was "
                             "killed");
    assert_true(ended);
    free(why);
}

TEST(one_that_serves_no_streams_is_not_asked)
{
    bool ended;
    char *why = check("waits", others, CLOCK_SECOND_NS / 2, &ended);

    assert_null(why);
    assert_false(ended);
}
