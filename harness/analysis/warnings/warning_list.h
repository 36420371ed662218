/* warning_list: the list of warnings that findings hold. */
#ifndef TWOFOLD_ANALYSIS_WARNINGS_WARNING_LIST_H
#define TWOFOLD_ANALYSIS_WARNINGS_WARNING_LIST_H

#include "analysis/finding.h"

/* Shows what else runs. */
#define WARNING_WHO_WORKS "ps -eo pcpu,pid,comm --sort=-pcpu | head"

/* Add one. Takes `text` over; `command` is static, or NULL where none helps. */
void warning_add(struct findings *findings, enum warning_kind kind, char *text, const char *command);

/* The command, which may be NULL; NULL if an earlier warning has it already. */
const char *warning_untold(const struct findings *findings, const char *command);

#endif
