/* screen: progress of a run on standard error: on a terminal a live line for the step at hand, elsewhere one plain line
 * a step. */
#ifndef TWOFOLD_CLI_SCREEN_H
#define TWOFOLD_CLI_SCREEN_H

#include "bench/progress.h"

#include <stdbool.h>

struct screen {
    bool terminal;
    bool line_open; /* a live line stands on the terminal */
};

/* `progress` refers to `screen`. */
void screen_init(struct screen *screen, struct progress *ret_progress);

#endif
