/* figures: how the numbers of a finding become words. Every function appends to `out`; "-" stands for what is not
 * known. */
#ifndef TWOFOLD_REPORT_WORDS_FIGURES_H
#define TWOFOLD_REPORT_WORDS_FIGURES_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Measured. */
void figures_count(struct text *out, uint64_t count);    /* "16,000" */
void figures_rate(struct text *out, double rps);         /* "15,998/s"; below ten "0.4/s" */
void figures_time(struct text *out, uint64_t ns);        /* "50.2 ms"; "-" for NO_TIME */
void figures_size(struct text *out, uint64_t bytes);     /* "81.4 MiB"; "-" for 0 */
void figures_share(struct text *out, double share);      /* "97 %"; never "0 %" for a little */
void figures_fine_share(struct text *out, double share); /* beside a limit: "99.87 %", "0.104 %" */

/* Given by people: the same without zeros at the end, "50 ms", "0.1 %", "1 GiB". */
void figures_set_time(struct text *out, uint64_t ns);
void figures_set_size(struct text *out, uint64_t bytes);
void figures_set_share(struct text *out, double share);

void figures_percentile(struct text *out, double percentile); /* "p99", "p99.9" */

/* What stands between item `index` and the one before it in a row of `count`: nothing, ", " or " and ". */
void figures_comma(struct text *out, size_t index, size_t count);

/* What doubles: "32,000/s", "64 connections", "n = 4,096"; its unit for programs: "requests/s", "connections", "n". */
void figures_level(struct text *out, const struct scenario *scenario, uint64_t level);
const char *figures_level_unit(const struct scenario *scenario);
uint64_t figures_ladder_top(const struct scenario *scenario); /* the highest level */

/* Requests a second at a step: offered by the plan (open load), or completed (closed load). */
double figures_load_rps(const struct scenario *scenario, const struct step_finding *step);

/* Trials in which at least one step says something. */
unsigned figures_valid_trials(const struct backend_finding *backend);

/* True when `ns` is only a lower bound: some requests of the step were never answered, and it is not below the time
 * they had waited at least. */
bool figures_at_least(const struct scenario *scenario, const struct step_finding *step, uint64_t ns);

/* A response time of the step: "50.2 ms", ">= 1.00 s" for a lower bound, "-". */
void figures_response(struct text *out, const struct scenario *scenario, const struct step_finding *step, uint64_t ns);

/* CPU of the service in the step as a share of all its cores, "-" without samples to tell it; false then. */
bool figures_cpu_share(const struct findings *findings, const struct step_finding *step, double *ret_share);
void figures_cpu(struct text *out, const struct findings *findings, const struct step_finding *step);

#endif
