/* cold_start_phrase: what a cold start costs, in words. */
#ifndef TWOFOLD_REPORT_WORDS_AFTER_COLD_START_PHRASE_H
#define TWOFOLD_REPORT_WORDS_AFTER_COLD_START_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append a sentence with a space before it: " A request took 1.20 ms of CPU in the first step of the fresh process
 * (500/s), and 300 us under the same load after the ladder: 4.0 times as much while it was cold.". Appends nothing
 * where the process was not cold, or where that is not known. */
void cold_start_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend);

#endif
