/* disturbance_phrase: what disturbed a step, in words. */
#ifndef TWOFOLD_REPORT_WORDS_DISTURBANCE_PHRASE_H
#define TWOFOLD_REPORT_WORDS_DISTURBANCE_PHRASE_H

#include "analysis/verdict/disturbance.h"
#include "base/text.h"

/* Append "other programs took 22 % of its cores and the hypervisor took 6 % of its cores"; nothing where nothing
 * disturbed it. */
void disturbance_phrase(struct text *out, const struct disturbance *disturbance);

#endif
