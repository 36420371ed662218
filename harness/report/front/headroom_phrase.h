/* headroom_phrase: what is left of what a service runs on when its traffic doubles, in words. */
#ifndef TWOFOLD_REPORT_FRONT_HEADROOM_PHRASE_H
#define TWOFOLD_REPORT_FRONT_HEADROOM_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>

/* Append it for twice the highest load that the service holds: "cores 94 % short, memory 88 % left": everything that
 * would not suffice, the scarcest first, and of what would the scarcest. Returns false, and appends nothing, where
 * nothing is known of that load. */
bool headroom_phrase(struct text *out, const struct backend_finding *backend);

#endif
