/* bounds: the limits that a run is judged by, in words. */
#ifndef TWOFOLD_REPORT_TEXT_BOUNDS_H
#define TWOFOLD_REPORT_TEXT_BOUNDS_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append them: "p99 of response time at most 50 ms, at most 0.1 % failed, …"; "none". A limit that the reader
 * changed is followed by what the scenario says. */
void bounds_write(struct text *out, const struct findings *findings);

#endif
