/* screen: progress of a run on standard error: on a terminal a live line for the present step, elsewhere one plain line
 * per step. */
#ifndef TWOFOLD_CLI_SCREEN_H
#define TWOFOLD_CLI_SCREEN_H

#include "bench/progress.h"

#include <stdbool.h>

struct screen {
    bool terminal;
    bool line_open; /* the terminal shows a live line */
};

/* `ret_progress` refers to `screen`, which must outlive it. */
void screen_init(struct screen *screen, struct progress *ret_progress);

#endif
