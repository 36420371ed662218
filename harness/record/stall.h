/* stall: a time in which no response came although requests were in flight, much longer than the time that usually
 * passes between two responses. Requests that are due meanwhile wait for its end, so that all of them are late. */
#ifndef TWOFOLD_RECORD_STALL_H
#define TWOFOLD_RECORD_STALL_H

#include <stddef.h>
#include <stdint.h>

/* A silence is a stall from this length on, where that is also STALL_GAPS times the mean time between responses. */
#define STALL_LEAST_NS 20000000
#define STALL_GAPS     10

/* Only so many of a step are kept: the longest. */
#define STALLS_MOST 64

struct stall {
    uint64_t at_ns; /* from the start of the measured time until its beginning; 0: it began before that, or just then */
    uint64_t length_ns;
    uint64_t idle_ns; /* just before it, nothing was in flight and no response came for so long; not in a run log. Where
                       * threads are added up, each of them had something in flight at other times */
};

/* In the order of time; one does not reach into the next. */
struct stall_list {
    struct stall *stalls; /* owned; NULL: none */
    size_t count;
};

void stall_list_release(struct stall_list *list);

/* Keeps of each silence in `into` what is one in `from` too: all are silent, and one of them has requests in flight. A
 * silence without any request in flight has a length of 0. */
void stall_list_meet(struct stall_list *into, const struct stall_list *from);

/* Drops what is no stall where `responses` came in `measured_ns`, and all but the STALLS_MOST longest. What is left was
 * never idle, as far as it says. */
void stall_list_settle(struct stall_list *list, uint64_t responses, uint64_t measured_ns);

#endif
