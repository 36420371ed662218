#include "import/remarks.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/units.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of a quotation: enough to find it again. */
#define QUOTED_MOST 100

/* Secrets go first: half of a URL no longer shows where its password ends. */
static char *quoted(const char *text)
{
    struct text safe = {0}, plain = {0};

    secret_cut(&safe, text, NULL);
    utf8_plain(&plain, safe.data);
    text_release(&safe);
    if (plain.length > 0 && utf8_columns(plain.data) > QUOTED_MOST) {
        plain.length = utf8_fitting(plain.data, QUOTED_MOST);
        text_add(&plain, "...");
    }
    return text_take(&plain);
}

void remarks_leave_out(struct remarks *remarks, const char *what, uint64_t count, uint64_t line, const char *first)
{
    for (size_t i = 0; i < remarks->left_out_count; i++) {
        if (strcmp(remarks->left_out[i].what, what) == 0) {
            remarks->left_out[i].count += count;
            return;
        }
    }
    struct left_out *kind = list_add(remarks->left_out, remarks->left_out_count);
    *kind = (struct left_out){.what = what, .count = count, .line = line, .first = quoted(first)};
}

void remarks_note(struct remarks *remarks, const char *format, ...)
{
    va_list args;
    char *note = NULL;

    va_start(args, format);
    int length = vasprintf(&note, format, args);
    va_end(args);
    for (size_t i = 0; length >= 0 && i < remarks->note_count; i++) {
        if (strcmp(remarks->notes[i], note) == 0) {
            free(note);
            return;
        }
    }
    if (length >= 0) {
        *list_add(remarks->notes, remarks->note_count) = note;
    }
}

void remarks_note_secret(struct remarks *remarks, const char *value, const char *variable)
{
    remarks_note(remarks, "{%s} stands for a secret, which is not in the scenario: set %s in the environment", value,
                 variable);
}

static void add_safe(struct text *out, const char *text)
{
    struct text without = {0};

    secret_cut(&without, text, NULL);
    utf8_plain(out, without.data);
    text_release(&without);
}

void remarks_write(const struct remarks *remarks, struct text *out)
{
    for (size_t i = 0; i < remarks->left_out_count; i++) {
        const struct left_out *kind = &remarks->left_out[i];
        char count[UNITS_TEXT];
        units_write_count(count, kind->count);
        text_format(out, "left out: %s: %s%s ", kind->what, count, kind->count == 1 ? "," : ", the first");
        if (kind->line > 0) {
            text_format(out, "line %" PRIu64 ": ", kind->line);
        }
        text_format(out, "\"%s\"\n", kind->first);
    }
    for (size_t i = 0; i < remarks->note_count; i++) {
        text_add(out, "note: ");
        add_safe(out, remarks->notes[i]);
        text_add(out, "\n");
    }
}

void remarks_release(struct remarks *remarks)
{
    for (size_t i = 0; i < remarks->left_out_count; i++) {
        free(remarks->left_out[i].first);
    }
    for (size_t i = 0; i < remarks->note_count; i++) {
        free(remarks->notes[i]);
    }
    free(remarks->left_out);
    free(remarks->notes);
    *remarks = (struct remarks){0};
}
