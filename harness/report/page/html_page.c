#include "report/page/html_page.h"

#include "base/base64.h"
#include "base/mem.h"
#include "report/data/figure.h"
#include "report/page/html_template.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Where the page leaves room for what only a run knows. */
#define DATA_PLACE "<!--twofold:data-->"
#define TEXT_PLACE "<!--twofold:text-->"

/* The bytes as gzip in base64. */
static void append_packed(struct text *out, const char *bytes, size_t length)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)length};

    /* 31: the largest window, in gzip's format. Fails only for want of memory, where everything else would end too. */
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
        return;
    }
    uLong size = deflateBound(&stream, (uLong)length);
    unsigned char *packed = mem_new(size, 1);
    stream.next_out = packed;
    stream.avail_out = (uInt)size;
    deflate(&stream, Z_FINISH);
    base64_encode(packed, stream.total_out, out);
    deflateEnd(&stream);
    free(packed);
}

static void append_data(struct text *out, const struct html_page *page)
{
    struct text data = {0};

    figures_write_compact(page->data, &data);
    text_format(out, "<script type=\"application/gzip\" id=\"twofold-data\" data-view=\"%s\">", page->view);
    append_packed(out, data.data, data.length);
    text_add(out, "</script>");
    text_release(&data);
    for (size_t i = 0; i < page->log_count; i++) {
        text_add(out, "\n<script type=\"application/gzip\" class=\"twofold-log\">");
        append_packed(out, page->logs[i].data, page->logs[i].length);
        text_add(out, "</script>");
    }
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
    append_data(out, page);
    text_add(out, data + strlen(DATA_PLACE));
    return 0;
}
