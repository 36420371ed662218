/* stall_phrase: the stalls of a service in words: when each was, how long it took, and what the host did then. */
#ifndef TWOFOLD_REPORT_WORDS_STALL_PHRASE_H
#define TWOFOLD_REPORT_WORDS_STALL_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append sentences for each stall of the service, at most three, with a space before each. */
void stall_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* Append what the host did then: "Meanwhile, from 1.20 s to 1.50 s, its processes used 0.02 cores (1.31 over the whole
 * step); 12 connections waited in its accept queue". Only what was read and what happened is told; nothing is appended
 * where nothing was read. */
void stall_phrase_host(struct text *out, const struct stall_finding *stall);

#endif
