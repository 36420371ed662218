/* url_path: paths and queries of URLs as people write them, made fit for a request line. */
#ifndef TWOFOLD_PLAN_TRAFFIC_URL_PATH_H
#define TWOFOLD_PLAN_TRAFFIC_URL_PATH_H

#include "base/text.h"

#include <stddef.h>

/* Appends a part of a path or a query of `length` bytes. What a request line cannot hold (spaces, controls, bytes above
 * ASCII, and the marks that browsers and curl encode too) is percent-encoded; what is encoded already stays as it is.
 */
void url_path_encode(struct text *out, const char *part, size_t length);

#endif
