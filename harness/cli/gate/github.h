/* github: what a workflow of GitHub shows of a command: where the variable GITHUB_STEP_SUMMARY names its file, a
 * summary of the step in Markdown, and annotations. Elsewhere nothing is done. */
#ifndef TWOFOLD_CLI_GATE_GITHUB_H
#define TWOFOLD_CLI_GATE_GITHUB_H

#include "base/text.h"

#include <stdbool.h>

/* Whether a summary is asked for. */
bool github_asks(void);

/* Adds to the summary. One that cannot be written, or would be longer than GitHub takes (1 MiB a step), is said on
 * standard error and left out: it costs no result. */
void github_summarize(const struct text *markdown);

/* Writes an annotation to standard error, where a workflow's runner reads it: `kind` is "error", "warning" or
 * "notice". */
void github_annotate(const char *kind, const char *title, const char *message);

#endif
