#include "fleet/rank_clock.h"

#include "base/clock.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* So many, or as many as there is time for on a machine that is busy with something else. */
#define QUESTIONS   100
#define ASKING_NS   (50 * CLOCK_MILLISECOND_NS)
#define PATIENCE_NS (2 * CLOCK_SECOND_NS)

/* Looks without rest, but lets another go first that waits for this core: it may be the rank whose message this is. */
static bool receive(struct ranks *ranks, struct ranks_message *ret_message)
{
    bool received = ranks_receive(ranks, ret_message);

    if (!received) {
        sched_yield();
    }
    return received;
}

static bool take_answer(struct ranks *ranks, uint64_t *ret_other_ns, void (*other)(void *, struct ranks_message *),
                        void *context)
{
    uint64_t until_ns = clock_now_ns() + PATIENCE_NS;
    struct ranks_message message;

    while (clock_now_ns() < until_ns) {
        if (!receive(ranks, &message)) {
            continue;
        }
        if (message.kind == RANK_CLOCK_ANSWER && message.length == sizeof *ret_other_ns) {
            memcpy(ret_other_ns, message.data, sizeof *ret_other_ns);
            free(message.data);
            return true;
        }
        other(context, &message);
    }
    return false;
}

bool rank_clock_measure(struct ranks *ranks, unsigned rank, struct clock_offset *offset,
                        void (*other)(void *context, struct ranks_message *message), void *context)
{
    uint64_t until_ns = clock_now_ns() + ASKING_NS;
    char last = 0;
    bool more = true;

    ranks_send(ranks, rank, RANK_CLOCK_BEGIN, NULL, 0);
    for (int i = 1; more && last == 0; i++) {
        uint64_t asked_ns = clock_now_ns(), other_ns;
        last = i == QUESTIONS || asked_ns >= until_ns;
        ranks_send(ranks, rank, RANK_CLOCK_ASK, &last, 1);
        more = take_answer(ranks, &other_ns, other, context);
        if (more) {
            clock_offset_take(offset, asked_ns, other_ns, clock_now_ns());
        }
    }
    return more;
}

void rank_clock_answer(struct ranks *ranks, unsigned from)
{
    uint64_t until_ns = clock_now_ns() + PATIENCE_NS;
    struct ranks_message message;
    bool last = false;

    while (!last && clock_now_ns() < until_ns) {
        if (!receive(ranks, &message)) {
            continue;
        }
        uint64_t now_ns = clock_now_ns();
        if (message.kind == RANK_CLOCK_ASK && message.length == 1) {
            last = message.data[0] != 0;
            ranks_send(ranks, from, RANK_CLOCK_ANSWER, &now_ns, sizeof now_ns);
        }
        free(message.data);
    }
}
