#include "bench/crew/far_log.h"

#include "base/clock.h"
#include "bench/crew/fleet_order.h"

#include <stdlib.h>

#define PATIENCE_NS (30 * CLOCK_SECOND_NS)

/* What else comes between steps is of no use any more. */
static int append(void *context, const char *line, size_t length, struct error *err)
{
    struct muster *muster = context;
    uint64_t until_ns = clock_now_ns() + PATIENCE_NS;
    struct ranks_message message;

    ranks_send(muster->ranks, 0, ORDER_LINE, line, length);
    while (clock_now_ns() < until_ns) {
        if (!ranks_receive(muster->ranks, &message)) {
            clock_sleep_ns(CLOCK_MILLISECOND_NS);
            continue;
        }
        bool answer = message.kind == ORDER_WRITTEN, failed = answer && message.length > 0;
        if (failed) {
            error_failed(err, "%s", message.data);
        }
        free(message.data);
        if (answer) {
            return failed ? -1 : 0;
        }
    }
    muster->lost = true;
    return error_failed(err, "rank 0 on %s is lost: it has not written the run log", muster->members[0].record.host);
}

void far_log_open(struct run_writer **ret_writer, struct muster *muster)
{
    run_writer_open_elsewhere(ret_writer, append, muster);
}
