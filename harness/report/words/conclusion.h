/* conclusion: the answer of a whole run to "what breaks first when traffic doubles?": which service breaks first, at
 * what load, on which limit and why; which one holds longest; and what the run leaves open. Services that
 * ranking_above (analysis/capacity/ranking.h) does not tell apart are named together. */
#ifndef TWOFOLD_REPORT_WORDS_CONCLUSION_H
#define TWOFOLD_REPORT_WORDS_CONCLUSION_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append it, in a few sentences. */
void conclusion_write(struct text *out, const struct findings *findings);

#endif
