/* step_figures: the figures of one step or one soak. json.h and csv.h say what each key means. */
#ifndef TWOFOLD_REPORT_DATA_STEP_FIGURES_H
#define TWOFOLD_REPORT_DATA_STEP_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>
#include <stdbool.h>

/* Whose figures, and for what. */
struct step_source {
    const struct findings *findings;
    const struct backend_finding *backend;
    const struct step_finding *step;
    const struct leak *memory; /* of a soak; NULL: it is a step */
    bool csv;                  /* a row of CSV: its members are the columns, in order; else an object of JSON */
};

/* Each returns a new reference. */
json_t *step_figures(const struct step_source *source);
/* A violation, and the cause of the step's break. */
json_t *step_figures_break(const struct findings *findings, const struct step_finding *step,
                           const struct breach *breach);

/* The reasons for which a step is invalid, by name. */
json_t *step_figures_invalid(const struct step_verdict *verdict);

/* How the process ended; null: it did not. */
json_t *step_figures_death(const struct death *death);

json_t *step_figures_breaks(const struct findings *findings, const struct step_finding *step); /* in order of time */

#endif
