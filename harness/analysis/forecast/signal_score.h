/* signal_score: how the forecasts of each signal fared over a run, and whether a signal is fit for a warning.
 *
 * Each step of the ladder is forecast from the steps before it alone, by forecast_make, as the harness did before it
 * ran the step. A forecast beyond the limit of its signal is an alarm. It was right if the load then broke, and false
 * if it held. */
#ifndef TWOFOLD_ANALYSIS_FORECAST_SIGNAL_SCORE_H
#define TWOFOLD_ANALYSIS_FORECAST_SIGNAL_SCORE_H

#include "analysis/finding.h"

/* Fills the scores and the alarms of all signals together. The steps and the capacity of `backend`, which is one of
 * the findings' own, must have been found. */
void signal_score_find(const struct findings *findings, const struct backend_finding *backend,
                       struct early_warning *early_warning);

/* The rule. A signal is fit for an early warning if its own alarms for this service say so: it gave at least one, and
 * at least three of four were right. With one to three alarms all of them must have been right: so few cannot make up
 * for a false one. */
bool signal_score_supports(const struct alarm_record *alarms);

/* Whether its alarms speak against the signal: it gave some, and it is not fit. */
bool signal_score_refutes(const struct alarm_record *alarms);

#endif
