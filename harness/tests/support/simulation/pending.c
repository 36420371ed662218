#include "pending.h"

#include "base/list.h"

static void swap(struct pending_request *a, struct pending_request *b)
{
    struct pending_request kept = *a;
    *a = *b;
    *b = kept;
}

void pending_add(struct pending *pending, const struct pending_request *request)
{
    *list_add(pending->requests, pending->count) = *request;
    struct pending_request *all = pending->requests;

    for (size_t at = pending->count - 1; at > 0; at = (at - 1) / 2) {
        if (all[(at - 1) / 2].outcome.end_ns <= all[at].outcome.end_ns) {
            return;
        }
        swap(&all[(at - 1) / 2], &all[at]);
    }
}

static void sink(struct pending *pending)
{
    struct pending_request *all = pending->requests;

    for (size_t at = 0, child = 1; child < pending->count; child = 2 * at + 1) {
        if (child + 1 < pending->count && all[child + 1].outcome.end_ns < all[child].outcome.end_ns) {
            child++;
        }
        if (all[at].outcome.end_ns <= all[child].outcome.end_ns) {
            return;
        }
        swap(&all[at], &all[child]);
        at = child;
    }
}

struct pending_request pending_take(struct pending *pending)
{
    struct pending_request first = pending->requests[0];

    pending->requests[0] = pending->requests[--pending->count];
    sink(pending);
    return first;
}

/* The heap stays one: who ended later than that ends then, and no one before it is touched. */
void pending_die(struct pending *pending, uint64_t died_ns)
{
    for (size_t i = 0; i < pending->count; i++) {
        if (pending->requests[i].outcome.end_ns > died_ns) {
            pending->requests[i].outcome = (struct queue_outcome){died_ns, FAILURE_RESET};
        }
    }
}
