/* tally: what became of requests, as counts. Every offered request ends in exactly one of: good, or one kind of
 * failure. */
#ifndef TWOFOLD_RECORD_TALLY_H
#define TWOFOLD_RECORD_TALLY_H

#include <stdint.h>

enum failure {
    FAILURE_NONE = -1,  /* a correct response */
    FAILURE_CONNECT,    /* no connection could be made for it */
    FAILURE_RESET,      /* the connection ended before the response did */
    FAILURE_TIMEOUT,    /* answered, but after the deadline */
    FAILURE_STATUS,     /* another status than expected */
    FAILURE_BODY,       /* the status is right, the body is not */
    FAILURE_PROTOCOL,   /* not HTTP */
    FAILURE_UNANSWERED, /* sent, and not answered when the step closed: past the deadline by then */
    FAILURE_UNSENT,     /* due, and never sent: past the deadline when the step closed */
};

#define FAILURE_COUNT (FAILURE_UNSENT + 1) /* all but FAILURE_NONE */

struct tally {
    uint64_t offered;   /* due by the schedule */
    uint64_t sent;      /* put on the wire */
    uint64_t completed; /* answered, well or badly, in time or late */
    uint64_t good;      /* answered correctly within the deadline */
    uint64_t failures[FAILURE_COUNT];
};

/* "connect", "reset", …: the keys of the run log and the reports. */
const char *failure_name(enum failure failure);

void tally_add(struct tally *into, const struct tally *from);
uint64_t tally_failed(const struct tally *tally);

#endif
