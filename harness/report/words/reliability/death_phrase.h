/* death_phrase: when and how the process of a service ended by itself, in words. */
#ifndef TWOFOLD_REPORT_WORDS_RELIABILITY_DEATH_PHRASE_H
#define TWOFOLD_REPORT_WORDS_RELIABILITY_DEATH_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>

/* Append "died in its soak after 40.0 s at 240/s: killed by signal 11 (SIGSEGV)". */
void death_phrase(struct text *out, const struct findings *findings, const struct process_death *death);

/* Append the deaths of the service as one sentence for the answer: "go died in its soak after …." Nothing, and false,
 * where there are none, and where the crash is told as what breaks first. */
bool death_phrase_headline(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* Append those that no other sentence about the service tells, each as a sentence with a space before it. */
void death_phrase_others(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* Append where the process died, for a cell: "crash in its soak". Nothing, and false, where it did not, or where the
 * crash is a limit that broke among others. */
bool death_phrase_cell(struct text *out, const struct backend_finding *backend);

#endif
