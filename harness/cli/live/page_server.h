/* page_server: the page of a run while it goes on, for a browser on this machine: on a port of 127.0.0.1, from a thread
 * of its own that does nothing but hand out what it was given last.
 *
 *   GET /        a frame around the page, which loads it anew when there is a new one
 *   GET /page    the page as it was given last
 *   GET /state   {"pages": how many were given so far, "final": the last of them is the run's last}
 *
 * Making a page takes a core for some tenths of a second, so whoever runs the bench makes one between two steps, and
 * only while somebody looks (page_server_watched). */
#ifndef TWOFOLD_CLI_LIVE_PAGE_SERVER_H
#define TWOFOLD_CLI_LIVE_PAGE_SERVER_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

struct page_server;

/* Listens on a free port. The first page says that no step is over yet. */
int page_server_start(struct page_server **ret_server, struct error *err);

unsigned page_server_port(const struct page_server *server);

/* Whether a browser asked for the state within the last five seconds. */
bool page_server_watched(struct page_server *server);

/* Takes the page; `page` is empty afterwards. */
void page_server_put(struct page_server *server, struct text *page, bool final);

/* Ends the thread. A browser that looks gets the last page first, for which it has five seconds. NULL is fine. */
void page_server_stop(struct page_server *server);

#endif
