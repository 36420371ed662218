/* mates: the other generators of a fleet, as the leader knows them: what each said of the step at hand, and whether it
 * is still there. */
#ifndef TWOFOLD_BENCH_CREW_MATES_H
#define TWOFOLD_BENCH_CREW_MATES_H

#include "base/error.h"
#include "bench/crew/fleet_order.h"
#include "bench/crew/muster.h"
#include "load/loader.h"
#include "plan/step.h"
#include "record/fleet/generator.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MATES_NOBODY SIZE_MAX

/* What one of them said. */
struct mate {
    bool ready, over;
    char *refused; /* why its loader could not be made */
    struct loader_live live;
    struct generator_load generator; /* with `over`, as is the next */
    struct load_record record;
    struct error broken; /* its result could not be read */
};

struct mates {
    struct muster *muster;        /* borrowed */
    struct mate *items;           /* by rank; of ranks that are none the element is not used */
    size_t lost;                  /* the rank that is; MATES_NOBODY: none is */
    uint64_t beat_ns;             /* when they are told next that the leader is there */
    uint64_t since_ns, silent_ns; /* each must be heard of: since when, and how soon */
};

void mates_init(struct mates *mates, struct muster *muster);
void mates_release(struct mates *mates);

/* The next rank that is a mate, from that one on; the number of ranks where there is none. */
unsigned mates_next(const struct mates *mates, size_t rank);

/* Sends an order to all. */
void mates_tell(struct mates *mates, enum fleet_order_kind kind, const void *data, size_t length);

/* Lets each make its loader, by an order that is filled in but for its own threads, and waits until all have. Fails,
 * naming the host, where one cannot. */
int mates_load(struct mates *mates, const struct fleet_order_load *order, struct error *err);

/* Measures their clocks and orders the step, which begins `margin_ns` later. Returns when that is. */
uint64_t mates_start(struct mates *mates, const struct planned_step *planned, uint64_t margin_ns);

/* Looks at what has come, says that the leader is there, and finds who is lost: of whom nothing was heard for six
 * seconds. Returns whether all are done with the step, or one is lost. */
bool mates_over(struct mates *mates, uint64_t now_ns);

/* Ends the step of all. Who is there says so within half a second. */
void mates_stop(struct mates *mates);

/* Adds what all did to the record and the list. Fails, naming the host, where one is lost, or what it said cannot be
 * read. */
int mates_add(struct mates *mates, struct load_record *record, struct generator_loads *loads, struct error *err);

/* Adds their live figures. */
void mates_add_live(const struct mates *mates, struct loader_live *sum);

#endif
