#include "manual/manual.h"

void manual_take(const struct manual *manual, const char *usage, const struct option *options)
{
    manual->style->usage(manual->out, usage);
    for (; options->name != NULL; options++) {
        manual->style->option(manual->out, manual->command, options);
    }
}
