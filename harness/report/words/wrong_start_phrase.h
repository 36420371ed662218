/* wrong_start_phrase: that a service answered wrongly at its lowest load already, in words. */
#ifndef TWOFOLD_REPORT_WORDS_WRONG_START_PHRASE_H
#define TWOFOLD_REPORT_WORDS_WRONG_START_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append "go answered every request at its lowest load, 400/s, wrongly (status 404 instead of status 200, no body):
 * nothing of it was measured." Nothing for a service whose wrong_from_start is NULL. */
void wrong_start_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend);

#endif
