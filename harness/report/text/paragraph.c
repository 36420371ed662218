#include "report/text/paragraph.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

struct stop {
    const char *at; /* where the line would end; NULL: nowhere yet */
    size_t columns;
};

/* "310 ms" and "97 %" read badly over two lines. */
static bool splits_figure(const char *start, const char *space)
{
    return space > start && isdigit((unsigned char)space[-1]) && (isalpha((unsigned char)space[1]) || space[1] == '%');
}

static const char *skip_spaces(const char *text)
{
    return text + strspn(text, " ");
}

/* Where a line that is too long ends: at a space, if possible not inside a figure, else inside its word. */
static struct stop choose(struct stop good, struct stop any, struct stop end)
{
    if (good.at != NULL) {
        return good;
    }
    return any.at != NULL ? any : end;
}

bool paragraph_line(const char **rest, size_t width, struct line *ret_line)
{
    const char *start = skip_spaces(*rest);
    const char *at = start;
    struct stop good = {0}, any = {0}, end = {start, 0};
    size_t columns = 0;

    if (*start == '\0') {
        *rest = start;
        return false;
    }
    while (*at != '\0' && *at != '\n') {
        uint32_t point;
        const char *next = utf8_next(at, &point);
        columns += utf8_point_columns(point);
        if (point == ' ') {
            any = end;
            if (!splits_figure(start, at)) {
                good = end;
            }
        } else if (columns > width) {
            break;
        } else {
            end = (struct stop){next, columns};
        }
        at = next;
    }
    if (*at != '\0' && *at != '\n') {
        end = choose(good, any, end);
        at = end.at;
    }
    *ret_line = (struct line){start, (size_t)(end.at - start), end.columns};
    *rest = *at == '\n' ? at + 1 : at;
    return true;
}

void paragraph_write(struct text *out, const char *lead, const char *text, size_t width)
{
    struct text plain = {0};
    size_t indent = strlen(lead), room = 2;
    struct line line;

    if (width > indent + 2) {
        room = width - indent;
    }
    text_add(&plain, "");
    utf8_plain(&plain, text);
    for (const char *rest = plain.data; paragraph_line(&rest, room, &line); lead = "") {
        text_format(out, "%*s%.*s\n", (int)indent, lead, (int)line.length, line.start);
    }
    text_release(&plain);
}
