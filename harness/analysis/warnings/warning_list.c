#include "analysis/warnings/warning_list.h"

#include "base/list.h"
#include "base/mem.h"

#include <string.h>

void warning_add(struct findings *findings, enum warning_kind kind, char *text, const char *command)
{
    struct warning *warning = list_add(findings->warnings, findings->warning_count);

    warning->kind = kind;
    warning->text = text;
    warning->command = mem_string(command);
}

const char *warning_untold(const struct findings *findings, const char *command)
{
    for (size_t i = 0; command != NULL && i < findings->warning_count; i++) {
        const char *told = findings->warnings[i].command;
        if (told != NULL && strcmp(told, command) == 0) {
            command = NULL;
        }
    }
    return command;
}
