/* figures: the numbers of a finding as text. Every function that takes `out` appends to it; "-" stands for what is not
 * known. */
#ifndef TWOFOLD_REPORT_WORDS_FIGURES_H
#define TWOFOLD_REPORT_WORDS_FIGURES_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Measured values. */
void figures_count(struct text *out, uint64_t count);    /* "16,000" */
void figures_rate(struct text *out, double rps);         /* "15,998/s"; below ten "0.4/s" */
void figures_time(struct text *out, uint64_t ns);        /* "50.2 ms"; "-" for NO_TIME */
void figures_size(struct text *out, uint64_t bytes);     /* "81.4 MiB"; "-" for 0 */
void figures_share(struct text *out, double share);      /* "97 %"; never "0 %" for more than nothing */
void figures_fine_share(struct text *out, double share); /* for a share beside its limit: "99.87 %", "0.104 %" */

/* Values that people set, without zeros at the end: "50 ms", "1 GiB", "0.1 %". */
void figures_set_time(struct text *out, uint64_t ns);
void figures_set_size(struct text *out, uint64_t bytes);
void figures_set_share(struct text *out, double share);

void figures_percentile(struct text *out, double percentile); /* "p99", "p99.9" */

/* What stands before item `index` in a list of `count`: nothing, ", " or " and ". */
void figures_comma(struct text *out, size_t index, size_t count);

/* Append `separator` behind what came before; nothing when `before`, a count or a length of that, is 0. */
void figures_separate(struct text *out, size_t before, const char *separator);

const char *figures_plural(uint64_t count); /* the ending of a noun: "" for 1, else "s" */

/* What is said of `count` things at once: "" for 1, "both ", "all ". */
const char *figures_together(size_t count);

/* A level of what doubles: "32,000/s", "64 connections", "400 users/s", "n = 4,096". */
void figures_level(struct text *out, const struct scenario *scenario, uint64_t level);

/* The unit of a level, for programs: "requests/s", "connections", "open connections", "slow connections", "users/s", or
 * the name of the value. * Borrowed from the scenario. */
const char *figures_level_unit(const struct scenario *scenario);

uint64_t figures_ladder_top(const struct scenario *scenario); /* the highest level of the ladder */

/* The capacity of a service: "16,000/s"; ">= 16,000/s" when no break was found; "< 500/s" when even the first step
 * broke; "-" when no step says anything, and for NULL. */
void figures_capacity(struct text *out, const struct scenario *scenario, const struct backend_finding *backend);

/* The load of a step in requests a second: offered by the plan (open load), or completed (closed load). */
double figures_load_rps(const struct scenario *scenario, const struct step_finding *step);

/* How many trials of the service have at least one valid step. */
unsigned figures_valid_trials(const struct backend_finding *backend);

/* True when `ns`, a response time of the step, is only a lower bound: some requests were never answered, and it is not
 * below the time that they had waited. */
bool figures_at_least(const struct scenario *scenario, const struct step_finding *step, uint64_t ns);

/* A response time of the step: "50.2 ms", ">= 1.00 s" for a lower bound, "-". */
void figures_response(struct text *out, const struct scenario *scenario, const struct step_finding *step, uint64_t ns);

/* CPU of the service in the step as a share of all its cores. Returns false, and sets nothing, when there are too few
 * samples. */
bool figures_cpu_share(const struct step_finding *step, double *ret_share);

void figures_cpu(struct text *out, const struct step_finding *step); /* "97 %", "-" */

#endif
