/* screen: progress of a run on standard error: on a terminal a live line for the present step, elsewhere one plain line
 * per step. */
#ifndef TWOFOLD_CLI_SCREEN_H
#define TWOFOLD_CLI_SCREEN_H

#include "bench/progress.h"
#include "plan/traffic/traffic.h"

#include <stdbool.h>
#include <stddef.h>

struct screen {
    const struct traffic *traffic; /* borrowed */
    bool terminal;
    bool line_open; /* the terminal shows a live line */
    char **told;    /* for each wrong response that was shown, what it is not shown for again */
    size_t told_count;
};

/* `ret_progress` refers to `screen`, which must outlive it. A wrong response is shown once for each service, request
 * class and phase. */
void screen_init(struct screen *screen, const struct traffic *traffic, struct progress *ret_progress);
void screen_release(struct screen *screen); /* the live line goes too */

#endif
