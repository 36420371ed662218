/* remedies: what to do about a run: its warnings, with the commands that help. */
#ifndef TWOFOLD_REPORT_FRONT_REMEDIES_H
#define TWOFOLD_REPORT_FRONT_REMEDIES_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* Those warnings that somebody can do something about by a command, or that change what the answer says; of the others
 * how many they are, and how everything is shown. `command` makes this report again; NULL: "twofold report RUN". */
void remedies_write(struct page *page, const struct findings *findings, const char *command);

/* Every warning. Nothing where there is none. */
void remedies_write_all(struct page *page, const struct findings *findings);

#endif
