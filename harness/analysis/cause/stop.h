/* stop: whether a broken step's service had been stopped from outside, as by SIGSTOP, a debugger or a frozen control
 * group. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_STOP_H
#define TWOFOLD_ANALYSIS_CAUSE_STOP_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* A process of it was seen stopped while responses were missing. One that is stopped all the time while others serve is
 * not the reason. */
bool stop_found(const struct symptoms *symptoms);

#endif
