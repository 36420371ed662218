#include "bench/progress.h"

#include <stdarg.h>
#include <stdio.h>

void progress_say(const struct progress *progress, const char *format, ...)
{
    char line[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    progress->say(progress->context, line);
}
