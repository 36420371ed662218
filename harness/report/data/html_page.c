#include "report/data/html_page.h"

#include "report/data/html_template.h"

#include <stddef.h>
#include <string.h>

/* Where the page leaves room for what only a run knows. */
#define DATA_PLACE "<!--twofold:data-->"
#define TEXT_PLACE "<!--twofold:text-->"

/* Only strings can hold a '<', and inside them it may be written as its number: then no end of an element, and no
 * comment, can come from the data. */
static int append_inert(const char *buffer, size_t size, void *out)
{
    for (size_t from = 0, to; from < size; from = to + 1) {
        const char *found = memchr(buffer + from, '<', size - from);
        to = found != NULL ? (size_t)(found - buffer) : size;
        text_append(out, buffer + from, to - from);
        if (found != NULL) {
            text_add(out, "\\u003c");
        }
    }
    return 0;
}

static void append_escaped(struct text *out, const char *string)
{
    for (; *string != '\0'; string++) {
        switch (*string) {
        case '<':
            text_add(out, "&lt;");
            break;
        case '>':
            text_add(out, "&gt;");
            break;
        case '&':
            text_add(out, "&amp;");
            break;
        default:
            text_append(out, string, 1);
        }
    }
}

int html_page_write(const struct html_page *page, struct text *out, struct error *err)
{
    const char *template = (const char *)html_template;
    const char *data = strstr(template, DATA_PLACE), *text = strstr(template, TEXT_PLACE);

    if (data == NULL || text == NULL || text > data) {
        return error_failed(err, "this twofold was built without the page that html reports are made of: install "
                                 "Node.js 18 or later with npm, and build it again (make)");
    }
    text_append(out, template, (size_t)(text - template));
    text_add(out, "<pre>");
    append_escaped(out, page->plain->length > 0 ? page->plain->data : "");
    text_add(out, "</pre>");
    text += strlen(TEXT_PLACE);
    text_append(out, text, (size_t)(data - text));
    text_format(out, "<script type=\"application/json\" id=\"twofold-data\" data-view=\"%s\">", page->view);
    json_dump_callback(page->data, append_inert, out, JSON_COMPACT | JSON_ENSURE_ASCII);
    text_add(out, "</script>");
    text_add(out, data + strlen(DATA_PLACE));
    return 0;
}
