/* answer: what a whole run says to "what breaks first when traffic doubles?": who breaks first, at what load, on which
 * limit and why, who holds longest, and what the run leaves open. Services whose steps are the same, or whose trials
 * overlap, are not told apart. */
#ifndef TWOFOLD_REPORT_WORDS_CONCLUSION_H
#define TWOFOLD_REPORT_WORDS_CONCLUSION_H

#include "analysis/finding.h"
#include "base/text.h"

void conclusion_write(struct text *out, const struct findings *findings);

#endif
