/* next_step: what to do next in this folder, for somebody who typed the program's name and nothing else. */
#ifndef TWOFOLD_CLI_NEXT_STEP_H
#define TWOFOLD_CLI_NEXT_STEP_H

#include "base/text.h"

/* Append a few lines, each a command and what it does: to go on with a newest run that was cut short; to read the
 * newest run; or, where there is none, to measure what this folder holds, or a service that runs. */
void next_step_write(struct text *out);

#endif
