/* core_set: a set of processor cores, identified by their numbers, and its text form as the kernel and taskset use it:
 * "0", "1-3,5". The module does not know which cores exist; host/machine/affinity does. */
#ifndef TWOFOLD_BASE_CORE_SET_H
#define TWOFOLD_BASE_CORE_SET_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define CORE_SET_MOST 8192 /* the highest number of cores that Linux supports */
#define CORE_SET_WORD (8 * sizeof(unsigned long))

/* `= {{0}}` is the empty set. The layout is the kernel's, so that `words` can be passed to sched_setaffinity. */
struct core_set {
    unsigned long words[CORE_SET_MOST / CORE_SET_WORD];
};

/* A core number of CORE_SET_MOST or above is never added and never found. */
void core_set_add(struct core_set *set, unsigned core);
bool core_set_has(const struct core_set *set, unsigned core);

unsigned core_set_count(const struct core_set *set);

/* The lowest core of the set that is `from` or above; CORE_SET_MOST if there is none. */
unsigned core_set_next(const struct core_set *set, unsigned from);

/* Set operations; the result is in `set`. */
void core_set_keep(struct core_set *set, const struct core_set *other);   /* intersection */
void core_set_join(struct core_set *set, const struct core_set *other);   /* union */
void core_set_remove(struct core_set *set, const struct core_set *other); /* difference */

/* Reads "0" or "1-3,5": decimal numbers and ascending ranges, separated by commas, which can overlap. Anything else,
 * also an empty text, is ERROR_INPUT. */
int core_set_read(struct core_set *ret_set, const char *text, struct error *err);

/* The shortest text of the set, in ascending order; "" for the empty set. The caller frees it. */
char *core_set_text(const struct core_set *set);

#endif
