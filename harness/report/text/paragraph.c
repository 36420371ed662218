#include "report/text/paragraph.h"

#include "report/text/utf8.h"

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
        if (point == ' ') {
            any = end;
            good = splits_figure(start, at) ? good : any;
        }
        columns += utf8_point_columns(point);
        if (point != ' ' && columns > width) {
            break;
        }
        at = next;
        end = point == ' ' ? end : (struct stop){at, columns};
    }
    if (*at != '\0' && *at != '\n') {
        end = good.at != NULL ? good : any.at != NULL ? any : end;
        at = end.at;
    }
    *ret_line = (struct line){start, (size_t)(end.at - start), end.columns};
    *rest = *at == '\n' ? at + 1 : at;
    return true;
}

void paragraph_write(struct text *out, const char *lead, const char *text, size_t width)
{
    struct text plain = {0};
    size_t indent = strlen(lead);
    struct line line;
    bool first = true;

    utf8_plain(&plain, text);
    const char *rest = plain.data != NULL ? plain.data : "";
    while (paragraph_line(&rest, width > indent + 2 ? width - indent : 2, &line)) {
        text_format(out, "%*s%.*s\n", (int)indent, first ? lead : "", (int)line.length, line.start);
        first = false;
    }
    text_release(&plain);
}
