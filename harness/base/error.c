#include "base/error.h"

#include "base/secret.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Messages quote files, arguments and services: what a terminal would obey becomes '?', and secrets are cut out. */
static void defuse(char *message, size_t size)
{
    struct text plain = {0}, cut = {0};

    utf8_lines(&plain, message);
    secret_cut(&cut, plain.data != NULL ? plain.data : "", NULL);
    snprintf(message, size, "%s", cut.data != NULL ? cut.data : "");
    text_release(&plain);
    text_release(&cut);
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
    defuse(err->message, sizeof err->message);
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
    defuse(context, sizeof context);
    memcpy(cause, err->message, sizeof cause);
    /* If the message is too long, the end of the cause is cut, not the context. */
    snprintf(err->message, sizeof err->message, "%s: %.*s", context, (int)(sizeof cause - strlen(context) - 3), cause);
    return -1;
}
