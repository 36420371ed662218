/* junit: a run as JUnit XML, which continuous integration shows: a suite a service, a case for each of its limits and
 * for each condition of --fail-if. That a limit breaks is what a ladder is for, and no failure: its case fails where a
 * condition on the capacity refuses the load at which it breaks. A service of which no step says anything is an
 * error. */
#ifndef TWOFOLD_REPORT_GATE_JUNIT_H
#define TWOFOLD_REPORT_GATE_JUNIT_H

#include "analysis/finding.h"
#include "base/text.h"
#include "report/gate/gate.h"

/* `gate` may be NULL: nothing is asked. */
void junit_write(const struct findings *findings, const struct gate *gate, struct text *out);

#endif
