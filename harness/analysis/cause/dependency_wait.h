/* dependency_wait: whether a broken step was its dependency's doing: saturated, or slow while the service waited. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_DEPENDENCY_WAIT_H
#define TWOFOLD_ANALYSIS_CAUSE_DEPENDENCY_WAIT_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* It was saturated (step_usage_dependency_saturated). */
bool dependency_wait_saturated(const struct symptoms *symptoms);

/* The time of the service's requests passed there, or its sessions there waited for each other. */
bool dependency_wait_slow(const struct symptoms *symptoms);

/* At least a good part of it did. */
bool dependency_wait_partly(const struct symptoms *symptoms);

/* Whether it passed there for the most part, whoever worked. */
bool dependency_wait_there(const struct symptoms *symptoms);

#endif
