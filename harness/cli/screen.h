/* screen: progress of a run on standard error: on a terminal a panel that is drawn anew (live/panel.h), with what is to
 * be said above it; elsewhere one plain line per step. */
#ifndef TWOFOLD_CLI_SCREEN_H
#define TWOFOLD_CLI_SCREEN_H

#include "live/panel.h"

#include "bench/progress.h"
#include "plan/traffic/traffic.h"

#include <stdbool.h>
#include <stddef.h>

struct screen {
    const struct traffic *traffic; /* borrowed */
    bool terminal;
    struct panel panel;
    size_t drawn; /* lines of the panel that the terminal shows */
    char **told;  /* for each wrong response that was shown, what it is not shown for again */
    size_t told_count;
};

/* `ret_progress` refers to `screen`, which must outlive it. A wrong response is shown once for each service, request
 * class and phase. */
void screen_init(struct screen *screen, const struct traffic *traffic, struct progress *ret_progress);
void screen_release(struct screen *screen); /* of the panel only the ladder stays */

#endif
