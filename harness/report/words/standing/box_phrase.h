/* box_phrase: boxes, and what a larger one buys, in words. */
#ifndef TWOFOLD_REPORT_WORDS_STANDING_BOX_PHRASE_H
#define TWOFOLD_REPORT_WORDS_STANDING_BOX_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append "0.5 cpus and 256 MiB". */
void box_phrase(struct text *out, const struct box *box);

/* Append "1.9 times (1.7 to 2.1)", "1.7 to 2.4 times", "more than 1.7 times"; "-" where there is no smaller box, or
 * nothing is known of one of the two. */
void box_phrase_ratio(struct text *out, const struct box_step *step);

/* Append "go in 0.5 cpus holds 2,400/s (2,300 to 2,500): 2 times the box buys 1.9 times (1.7 to 2.1)". */
void box_phrase_step(struct text *out, const struct findings *findings, const struct box_step *step);

/* Append what the services of a run may use, from the text in its run log: "each service in a box of 0.5 cpus and
 * 256 MiB, as a pod has it; ...". */
void box_phrase_run(struct text *out, const char *boxes);

#endif
