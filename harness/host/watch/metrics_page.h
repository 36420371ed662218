/* metrics_page: a service's page of metrics, fetched again and again by a thread of its own, so that whoever asks for a
 * reading never waits. */
#ifndef TWOFOLD_HOST_WATCH_METRICS_PAGE_H
#define TWOFOLD_HOST_WATCH_METRICS_PAGE_H

#include "base/error.h"
#include "host/watch/process_metrics.h"

#include <stdbool.h>
#include <stdint.h>

struct metrics_page;

/* Fetches the page at `url` once, within 5 s, and begins the thread. Fails where it cannot be fetched, answers with
 * another status than 200, or is no page of metrics of a process; the message names the URL, without a password. */
int metrics_page_open(struct metrics_page **ret_page, const char *url, struct error *err);

/* Lets the thread fetch the page now, unless it does already. */
void metrics_page_ask(struct metrics_page *page);

/* The reading that has come since the last call, and when it was asked for. Returns whether there is one. */
bool metrics_page_take(struct metrics_page *page, struct process_metrics *ret_metrics, uint64_t *ret_asked_ns);

/* False once the page told another start of the process than at first, since it is another process then, or nobody
 * listened there three times in a row. */
bool metrics_page_alive(struct metrics_page *page);

/* Its URL without a user and a password, borrowed. */
const char *metrics_page_url(const struct metrics_page *page);

/* NULL is allowed. */
void metrics_page_free(struct metrics_page *page);

#endif
