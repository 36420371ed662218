/* core_set: a set of processor cores by their number, and as the text that the kernel and taskset use: "0", "1-3,5".
 * It says nothing about which cores exist; host/affinity does. */
#ifndef TWOFOLD_BASE_CORE_SET_H
#define TWOFOLD_BASE_CORE_SET_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define CORE_SET_MOST 8192 /* the most cores that Linux can be built for */
#define CORE_SET_WORD (8 * sizeof(unsigned long))

/* `= {{0}}` is the empty set. The layout is the kernel's: `words` goes into sched_setaffinity as it is. */
struct core_set {
    unsigned long words[CORE_SET_MOST / CORE_SET_WORD];
};

/* `core` is below CORE_SET_MOST; a larger one is never added and never found. */
void core_set_add(struct core_set *set, unsigned core);
bool core_set_has(const struct core_set *set, unsigned core);

unsigned core_set_count(const struct core_set *set);

/* The lowest core at or above `from`; CORE_SET_MOST when there is none. */
unsigned core_set_next(const struct core_set *set, unsigned from);

/* Keep in `set` what is also in `other`; add all of `other`; take all of `other` away. */
void core_set_keep(struct core_set *set, const struct core_set *other);
void core_set_join(struct core_set *set, const struct core_set *other);
void core_set_remove(struct core_set *set, const struct core_set *other);

/* Read "0", "1-3,5": decimal numbers, ranges upwards, commas, nothing else; overlaps are fine. ERROR_INPUT on anything
 * else, an empty text included. */
int core_set_read(struct core_set *ret_set, const char *text, struct error *err);

/* The shortest such text, ascending; "" for the empty set. On the heap; the caller frees it. */
char *core_set_text(const struct core_set *set);

#endif
