#include "analysis/warnings/warning_list.h"

#include "base/list.h"
#include "base/mem.h"

void warning_add(struct findings *findings, enum warning_kind kind, char *text, const char *command)
{
    struct warning *warning = list_add(findings->warnings, findings->warning_count);

    warning->kind = kind;
    warning->text = text;
    warning->command = mem_string(command);
}
