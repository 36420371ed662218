/* resource_phrase: what runs out first, in words. */
#ifndef TWOFOLD_REPORT_WORDS_RESOURCE_PHRASE_H
#define TWOFOLD_REPORT_WORDS_RESOURCE_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* "cores", "one thread", "CPU quota", "memory", "file descriptors", "accept queue", "client connections", "session
 * pool", "dependency", "network". */
const char *resource_phrase_name(enum resource resource);

/* Append the load at which it is used up: "14,700/s", "about 61,000/s" where it is projected; "-" where there is none.
 * Without its unit where `scenario` is NULL. */
void resource_phrase_load(struct text *out, const struct scenario *scenario, const struct resource_finding *found);

/* Append its interval: "48,000 to 80,000", "48,000 or more", "500 or less"; "-" where there is none, and for a single
 * load. */
void resource_phrase_interval(struct text *out, const struct resource_finding *found);

/* Append which resources are used up, the first `most` of them: "its cores are used up at 14,700/s (measured); memory
 * at about 61,000/s (projected, 48,000 to 80,000)". Returns false, and appends nothing, where none is. */
bool resource_phrase_write(struct text *out, const struct findings *findings, const struct backend_finding *backend,
                           size_t most);

/* Append what is not used up, and why no load is said: "not within 16 times 17,448/s: memory; did not grow with the
 * load: file descriptors; not used up in any step: accept queue; not known: network". Returns false, and appends
 * nothing, where there is no such resource. */
bool resource_phrase_rest(struct text *out, const struct findings *findings, const struct backend_finding *backend);

#endif
