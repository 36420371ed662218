/* sentence: what a run shows of one service, in a few sentences: what it holds, where it breaks, which limit first,
 * when, why, what broke next, and what makes that uncertain. */
#ifndef TWOFOLD_REPORT_WORDS_SENTENCE_H
#define TWOFOLD_REPORT_WORDS_SENTENCE_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append the sentences: "node holds 16,000/s and breaks at 32,000/s: latency first, 1.25 s into the step (p99 310 ms
 * against 50 ms) …" */
void sentence_write(struct text *out, const struct findings *findings, const struct backend_finding *backend);

#endif
