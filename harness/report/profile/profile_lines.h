/* profile_lines: what the services did at the load that broke, in words: a line a service that was profiled. */
#ifndef TWOFOLD_REPORT_PROFILE_PROFILE_LINES_H
#define TWOFOLD_REPORT_PROFILE_PROFILE_LINES_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* Append "at 32,000/s, which broke, its threads ran serve 41 %, parse 12 % and …; since 16,000/s, which held, most grew
 * sort, from 3 % to 22 %; 12 % was in code without symbols"; or why it was not profiled. Returns whether there is
 * anything to say. */
bool profile_lines_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* Writes a section; nothing where no service was to be profiled. */
void profile_lines_write(struct page *page, const struct findings *findings);

#endif
