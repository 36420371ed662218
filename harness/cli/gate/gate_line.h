/* gate_line: --fail-if on the command line: read, and what it came to said. */
#ifndef TWOFOLD_CLI_GATE_GATE_LINE_H
#define TWOFOLD_CLI_GATE_GATE_LINE_H

#include "arguments.h"

#include "base/error.h"
#include "report/gate/gate.h"

/* Reads all conditions on one run, which borrow from `texts`; the caller frees the array. NULL where there is none. */
int gate_line_read(const struct arguments_list *texts, struct run_condition **ret_conditions, struct error *err);

/* Whether all of them can be read: asked before a measurement, and not after it. */
int gate_line_check(const struct arguments_list *texts, struct error *err);

/* Says on standard error what a condition came to; `words` are lines of what was found, one a service. In a workflow of
 * GitHub one that holds, or cannot be judged, becomes an annotation (gate/github.h). */
void gate_line_say(const char *condition, enum condition_outcome outcome, const char *words);

/* The same for all of the gate, one line a service. */
void gate_line_say_all(const struct gate *gate);

/* The exit status: EXIT_FINE, EXIT_NOT_VALID or EXIT_HELD. */
int gate_line_status(enum condition_outcome worst);

#endif
