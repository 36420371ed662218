/* breach: the limits that broke in a step, in words: which, when first, what was seen against what was allowed. */
#ifndef TWOFOLD_REPORT_WORDS_BREACH_H
#define TWOFOLD_REPORT_WORDS_BREACH_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stddef.h>

/* How many of the step's breaches stand at its earliest moment: those "broke first", in no order among each other. */
size_t breach_first_count(const struct step_verdict *verdict);

/* "latency", "latency and queue": the first `count` breaches by name. */
void breach_limits(struct text *out, const struct step_verdict *verdict, size_t count);

/* "p99 310 ms against 50 ms", "3.12 % failed against 0.1 %, mostly answered too late". */
void breach_write(struct text *out, const struct findings *findings, const struct step_finding *step,
                  const struct breach *breach);

/* "exit status 1, last line written: …", "killed by signal 9 (SIGKILL)". */
void breach_death(struct text *out, const struct death *death);

/* The failure that happened most, in words: "answered too late". */
enum failure breach_main_failure(const struct tally *tally);
const char *breach_failure_words(enum failure failure);

/* The failures of a step by kind, most frequent first: "timeout 120, reset 3"; "none". */
void breach_failures(struct text *out, const struct tally *tally);

#endif
