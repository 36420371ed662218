#include "bench/service/starting/stream_stop.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/units.h"
#include "contract/operation.h"
#include "contract/verify/streams/event_streams.h"

#include <stdlib.h>

/* For the head of the stream. */
#define HEAD_NS  (5 * CLOCK_SECOND_NS)
#define SLICE_NS (20 * CLOCK_MILLISECOND_NS)

static void stop(struct instance *instance, uint64_t patience_ns, char **ret_fault)
{
    struct service_end end;
    char patience[UNITS_TEXT];

    service_stop(instance->service, patience_ns, &end);
    if (end.forced) {
        units_write_duration(patience, patience_ns);
        *ret_fault = mem_format("it did not end within %s of SIGTERM while a stream of GET /events was open, and was "
                                "killed",
                                patience);
    }
}

void stream_stop_check(struct instance *instance, const struct manifest *manifest, uint64_t patience_ns,
                       char **ret_fault)
{
    uint64_t until_ns = clock_now_ns() + HEAD_NS;

    if (!operation_is_among("streamEvents", manifest->operations) || instance->service == NULL) {
        return;
    }
    struct event_streams *streams = mem_new(1, sizeof *streams);
    char *url = instance_url(instance);
    if (event_streams_open(streams, url, "/events", 1)) {
        while (streams->streams[0].head_at_ns == 0 && !streams->streams[0].ended && clock_now_ns() < until_ns) {
            event_streams_run(streams, SLICE_NS);
        }
        stop(instance, patience_ns, ret_fault);
        event_streams_release(streams);
    }
    free(url);
    free(streams);
}
