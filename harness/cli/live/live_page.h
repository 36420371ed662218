/* live_page: `bench --serve`: the page of the run so far, made anew after each step while a browser looks. The pause
 * between two steps is longer by the time that takes; no step is measured meanwhile. */
#ifndef TWOFOLD_CLI_LIVE_LIVE_PAGE_H
#define TWOFOLD_CLI_LIVE_LIVE_PAGE_H

#include "bench/progress.h"
#include "live/page_server.h"

#include <stdbool.h>

struct live_page {
    struct progress progress;     /* for the bench: tells `inner` all, and makes pages */
    const struct progress *inner; /* borrowed */
    struct page_server *server;   /* NULL: nothing is served */
    const char *file;             /* the run log; borrowed */
};

/* Listens, and says where. Without `serve`, or where it cannot listen, which is said, `progress` is that of `inner`. It
 * refers to `page`, which must not be moved. */
void live_page_start(struct live_page *page, const struct progress *inner, const char *file, bool serve);

/* Hands out the page of the whole run in `file` to a browser that looks, and ends. `file` can be NULL: there is none.
 */
void live_page_finish(struct live_page *page, const char *file);

#endif
