#include "bench/progress.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

void progress_say(const struct progress *progress, const char *format, ...)
{
    char line[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    struct text shown = {0};
    utf8_lines(&shown, line);
    progress->say(progress->context, shown.data != NULL ? shown.data : "");
    text_release(&shown);
}
