#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Replaces control characters, also those of two bytes (U+0080 to U+009F), which a terminal would obey: messages quote
 * files and services. */
static void defuse(char *message)
{
    for (unsigned char *c = (unsigned char *)message; *c != '\0'; c++) {
        if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0) {
            c[0] = c[1] = '?';
        } else if ((c[0] < 0x20 && c[0] != '\n' && c[0] != '\t') || c[0] == 0x7f) {
            c[0] = '?';
        }
    }
}

static int set(struct error *err, enum error_kind kind, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static int set(struct error *err, enum error_kind kind, const char *format, va_list args)
{
    if (err == NULL || err->kind != ERROR_NONE) {
        return -1;
    }
    err->kind = kind;
    vsnprintf(err->message, sizeof err->message, format, args);
    defuse(err->message);
    return -1;
}

int error_failed(struct error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set(err, ERROR_FAILED, format, args);
    va_end(args);
    return -1;
}

int error_input(struct error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set(err, ERROR_INPUT, format, args);
    va_end(args);
    return -1;
}

int error_stopped(struct error *err)
{
    if (err != NULL && err->kind == ERROR_NONE) {
        err->kind = ERROR_STOPPED;
        snprintf(err->message, sizeof err->message, "interrupted");
    }
    return -1;
}

int error_context(struct error *err, const char *format, ...)
{
    char context[512];
    char cause[sizeof err->message];
    va_list args;

    if (err == NULL) {
        return -1;
    }
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    defuse(context);
    memcpy(cause, err->message, sizeof cause);
    /* If the message is too long, the end of the cause is cut, not the context. */
    snprintf(err->message, sizeof err->message, "%s: %.*s", context, (int)(sizeof cause - strlen(context) - 3), cause);
    return -1;
}
