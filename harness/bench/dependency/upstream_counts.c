#include "bench/dependency/upstream_counts.h"

#include "base/clock.h"

#include <jansson.h>

static uint64_t member(const json_t *counts, const char *name)
{
    return (uint64_t)json_integer_value(json_object_get(counts, name));
}

int upstream_counts_read(struct client *client, struct upstream_counts *ret_counts, struct error *err)
{
    struct call_response response = {0};
    json_t *counts = NULL;

    client_call(client, &(struct call){.method = "GET", .path = "/counts"}, &response);
    if (response.status == 200) {
        counts = json_loadb(response.body.data, response.body.length, 0, NULL);
    }
    if (counts == NULL) {
        error_failed(err, "the upstream service tells no counts: %s",
                     response.failure[0] != '\0' ? response.failure : "its response is malformed");
        call_response_release(&response);
        return -1;
    }
    *ret_counts = (struct upstream_counts){
        .calls = member(counts, "calls"),
        .failures = member(counts, "failures"),
        .connections = member(counts, "connections"),
        .sample = {.at_ns = clock_now_ns(),
                   .answered = member(counts, "answered"),
                   .time_ns = member(counts, "time_ns"),
                   .in_flight = member(counts, "in_flight"),
                   .visit_ns = member(counts, "visit_ns")},
    };
    json_decref(counts);
    call_response_release(&response);
    return 0;
}
