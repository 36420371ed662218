/* breach: the limits that a step broke, in words: which, when first, what was observed against what was allowed. */
#ifndef TWOFOLD_REPORT_WORDS_BREACH_H
#define TWOFOLD_REPORT_WORDS_BREACH_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* How many of the step's breaches lie in the same interval as its earliest one: those broke first, in no order among
 * each other. */
size_t breach_first_count(const struct step_verdict *verdict);

/* True when the service crashed, and nothing else broke as early. */
bool breach_is_crash(const struct step_verdict *verdict);

/* Append the first `count` breaches by name: "latency", "latency and queue". */
void breach_limits(struct text *out, const struct step_verdict *verdict, size_t count);

/* Append one breach and its time into the step: "queue at 3.00 s". */
void breach_at(struct text *out, const struct breach *breach);

/* Append all breaches by name in the order of their times: "latency, then errors and queue"; "-" for none. `step`
 * may be NULL. */
void breach_order(struct text *out, const struct step_finding *step);

/* Append what was observed against what was allowed: "p99 310 ms against 50 ms", "3.12 % failed against 0.1 %, mostly
 * answered too late". */
void breach_figures(struct text *out, const struct findings *findings, const struct step_finding *step,
                    const struct breach *breach);

/* The same of all breaches that broke first, in brackets: "(p99 310 ms against 50 ms; 812 requests in flight and still
 * growing)". */
void breach_first_figures(struct text *out, const struct findings *findings, const struct step_finding *step);

/* Append how the process ended in the step, without what it wrote: "exit status 1", "killed by signal 9 (SIGKILL),
 * because memory ran out". */
void breach_ending(struct text *out, const struct step_record *step);

/* The same, with the last that it wrote: "exit status 1, last line written: …". */
void breach_death(struct text *out, const struct step_record *step);

#endif
