/* conclusion: the answer of a whole run to "what breaks first when traffic doubles?": which service breaks first, at
 * what load, on which limit and why, and what would follow; which one has the highest capacity; and what the run leaves
 * open. Services that ranking_above (analysis/capacity/ranking.h) does not tell apart are named together. */
#ifndef TWOFOLD_REPORT_WORDS_CONCLUSION_H
#define TWOFOLD_REPORT_WORDS_CONCLUSION_H

#include "analysis/finding.h"
#include "base/text.h"

/* In three parts, each a few sentences or empty. Where something stands before all else, as services whose responses
 * are wrong, `first` begins with it. */
struct conclusion {
    struct text first;
    struct text highest;
    struct text open; /* begins with a space */
};

void conclusion_make(struct conclusion *conclusion, const struct findings *findings);
void conclusion_release(struct conclusion *conclusion);

/* Append all of it as one paragraph. */
void conclusion_write(struct text *out, const struct findings *findings);

#endif
