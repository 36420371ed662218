/* tally: what became of requests, as counts. Every offered request is either good or failed in exactly one way. And how
 * many responses had a status other than the one that their request expects, by status. And what became of users. */
#ifndef TWOFOLD_RECORD_TALLY_H
#define TWOFOLD_RECORD_TALLY_H

#include <stddef.h>
#include <stdint.h>

enum failure {
    FAILURE_NONE = -1,  /* a correct response */
    FAILURE_CONNECT,    /* no connection could be made for the request */
    FAILURE_RESET,      /* the connection ended before the response did */
    FAILURE_TIMEOUT,    /* the response came after the deadline */
    FAILURE_STATUS,     /* the response has another status than the scenario expects */
    FAILURE_BODY,       /* the status is as expected, but the body is not */
    FAILURE_PROTOCOL,   /* the response is not HTTP */
    FAILURE_UNANSWERED, /* sent, but without a response when the step ended, which is after the deadline */
    FAILURE_UNSENT,     /* due, but not sent when the step ended, which is after the deadline */
};

#define FAILURE_COUNT (FAILURE_UNSENT + 1) /* without FAILURE_NONE */

struct tally {
    uint64_t offered;   /* due by the schedule */
    uint64_t sent;      /* put on the wire */
    uint64_t completed; /* responded to, correctly or not, in time or late */
    uint64_t good;      /* responded to correctly and within the deadline */
    uint64_t failures[FAILURE_COUNT];
};

/* "connect", "reset" and so on, as in the run log and in reports. */
const char *failure_name(enum failure failure);

void tally_add(struct tally *into, const struct tally *from);

/* The sum of all failures. */
uint64_t tally_failed(const struct tally *tally);

/* What became of the sessions of users in one step. A session is counted as begun when its user arrived in the measured
 * time, and as finished or abandoned when the last of its requests was due in it. One that ended in the warm-up is in
 * no count; so those that were under way when measuring began are finished + abandoned + unfinished - begun. */
struct session_tally {
    uint64_t begun;
    uint64_t finished;   /* the user took all steps */
    uint64_t abandoned;  /* a request failed, and the user took no further step */
    uint64_t unfinished; /* still under way when the measured time was over */
    uint64_t denied;     /* users who arrived while the generator had room for no more; none of `begun` */
    uint64_t most;       /* users under way at a time: the most of each generator thread, added up */
};

void session_tally_add(struct session_tally *into, const struct session_tally *from);

/* What became of slow connections in one step, from the start of its warm-up to the end of its measured time. Each that
 * was opened is open at the end, or ended in one of four ways: opened = open + closed + timed_out + rejected +
 * answered. */
struct slow_tally {
    uint64_t wanted;    /* how many the step keeps open; 0: none, and all else is 0 */
    uint64_t open;      /* when the measured time was over */
    uint64_t opened;    /* how often one was connected */
    uint64_t closed;    /* by the service before the request was whole, without a response */
    uint64_t timed_out; /* answered with 408 before the request was whole */
    uint64_t rejected;  /* answered with any other response before it was whole */
    uint64_t answered;  /* answered once the request was whole, or closed then */
    uint64_t refused;   /* tries to connect that failed, through the service */
    uint64_t missing;   /* never tried when measuring began */
    uint64_t denied;    /* tries that failed because this machine had no file descriptor, port or memory left */
    uint64_t life_least_ns, life_most_ns; /* from the first byte sent until the service ended it before the request was
                                           * whole (closed, timed_out, rejected); 0: it ended none */
};

void slow_tally_add(struct slow_tally *into, const struct slow_tally *from);

/* How many the service ended before their requests were whole. */
uint64_t slow_tally_ended(const struct slow_tally *tally);

/* More kinds than this are counted together, as STATUS_OTHER. */
#define STATUS_COUNTS_MOST 8
#define STATUS_OTHER       0

struct status_count {
    unsigned status;
    uint64_t count;
    uint64_t time_ns; /* the sum of the response times */
};

struct status_counts {
    struct status_count counts[STATUS_COUNTS_MOST];
    size_t count;
};

/* Adds responses to the count of their status. */
void status_counts_add(struct status_counts *counts, const struct status_count *more);

/* The commonest first. */
void status_counts_sort(struct status_counts *counts);

#endif
