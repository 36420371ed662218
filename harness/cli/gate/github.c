#include "gate/github.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a step's summary may be long. */
#define SUMMARY_MOST ((size_t)1 << 20)

static const char *summary_file(void)
{
    const char *file = getenv("GITHUB_STEP_SUMMARY");
    return file != NULL && file[0] != '\0' ? file : NULL;
}

bool github_asks(void)
{
    return summary_file() != NULL;
}

static void append(FILE *out, const struct text *markdown)
{
    fseek(out, 0, SEEK_END);
    if ((size_t)ftell(out) + markdown->length > SUMMARY_MOST) {
        fputs("twofold: GITHUB_STEP_SUMMARY: the report is left out: a summary takes 1 MiB\n", stderr);
        return;
    }
    fwrite(markdown->data, 1, markdown->length, out);
}

void github_summarize(const struct text *markdown)
{
    const char *file = summary_file();

    if (file == NULL || markdown->length == 0) {
        return;
    }
    FILE *out = fopen(file, "ae");
    if (out == NULL) {
        fprintf(stderr, "twofold: GITHUB_STEP_SUMMARY: %s: cannot be written: %s\n", file, strerror(errno));
        return;
    }
    append(out, markdown);
    if (fclose(out) != 0) {
        fprintf(stderr, "twofold: GITHUB_STEP_SUMMARY: %s: cannot be written: %s\n", file, strerror(errno));
    }
}

/* What ends a command, or a part of it, is written as its number. */
static void escape(struct text *out, const char *string, const char *special)
{
    size_t end = strlen(string);

    while (end > 0 && string[end - 1] == '\n') {
        end--;
    }
    for (size_t i = 0; i < end; i++) {
        if (strchr(special, string[i]) != NULL) {
            text_format(out, "%%%02X", (unsigned)string[i]);
        } else {
            text_append(out, &string[i], 1);
        }
    }
}

void github_annotate(const char *kind, const char *title, const char *message)
{
    struct text line = {0};

    if (!github_asks()) {
        return;
    }
    text_format(&line, "::%s title=", kind);
    escape(&line, title, "%\r\n:,");
    text_add(&line, "::");
    escape(&line, message, "%\r\n");
    fprintf(stderr, "%s\n", line.data);
    text_release(&line);
}
