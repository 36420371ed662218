#include "manual/manual.h"

void manual_take(const struct manual *manual, const char *usage, const struct option *options)
{
    manual->style->usage(manual->out, usage);
    for (; options->name != NULL; options++) {
        if (options->kind != OPTION_EXAMPLE) {
            manual->style->option(manual->out, manual->command, options);
        } else if (manual->style->example != NULL) {
            manual->style->example(manual->out, options);
        }
    }
}
