#include "report/page/html_page.h"

#include "report/data/figure.h"
#include "report/data/figure_stream.h"
#include "report/page/html_template.h"
#include "report/page/packer.h"
#include "report/page/page_data.h"
#include "report/page/page_log.h"

#include <stddef.h>
#include <string.h>

/* Of the data of runs. */
#define FORMAT 2

/* Where the page leaves room for what only a run knows. */
#define DATA_PLACE "<!--twofold:data-->"
#define TEXT_PLACE "<!--twofold:text-->"

static void pack(void *packer, const void *bytes, size_t length)
{
    packer_add(packer, bytes, length);
}

static void pack_data(struct packer *packer, const struct html_page *page)
{
    struct figure_stream stream = {.take = pack, .into = packer};

    figure_stream_object(&stream, NULL);
    if (page->data != NULL) {
        figure_stream_members(&stream, json_incref((json_t *)page->data));
    } else {
        figure_stream_put(&stream, "format", figure_count(FORMAT));
        figure_stream_array(&stream, "runs");
        for (size_t i = 0; i < page->run_count; i++) {
            page_data_put(&stream, page->runs[i].findings, page->runs[i].file);
        }
        figure_stream_end(&stream);
    }
    figure_stream_end(&stream);
}

static void append_data(struct text *out, const struct html_page *page)
{
    text_format(out, "<script type=\"application/gzip\" id=\"twofold-data\" data-view=\"%s\">", page->view);
    struct packer *packer = packer_new(out);
    pack_data(packer, page);
    packer_finish(packer);
    text_add(out, "</script>");
    for (size_t i = 0; i < page->run_count; i++) {
        const struct findings *findings = page->runs[i].findings;
        text_add(out, "\n<script type=\"application/gzip\" class=\"twofold-log\">");
        packer = packer_new(out);
        page_log_pack(findings, packer);
        packer_finish(packer);
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
