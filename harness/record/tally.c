#include "record/tally.h"

#include <assert.h>

const char *failure_name(enum failure failure)
{
    static const char *const names[FAILURE_COUNT] = {
        [FAILURE_CONNECT] = "connect",       [FAILURE_RESET] = "reset",   [FAILURE_TIMEOUT] = "timeout",
        [FAILURE_STATUS] = "status",         [FAILURE_BODY] = "body",     [FAILURE_PROTOCOL] = "protocol",
        [FAILURE_UNANSWERED] = "unanswered", [FAILURE_UNSENT] = "unsent",
    };
    assert(failure > FAILURE_NONE && failure < FAILURE_COUNT);
    return names[failure];
}

void tally_add(struct tally *into, const struct tally *from)
{
    into->offered += from->offered;
    into->sent += from->sent;
    into->completed += from->completed;
    into->good += from->good;
    for (int i = 0; i < FAILURE_COUNT; i++) {
        into->failures[i] += from->failures[i];
    }
}

uint64_t tally_failed(const struct tally *tally)
{
    uint64_t failed = 0;
    for (int i = 0; i < FAILURE_COUNT; i++) {
        failed += tally->failures[i];
    }
    return failed;
}
