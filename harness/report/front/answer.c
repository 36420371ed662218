#include "report/front/answer.h"

#include "report/words/conclusion.h"
#include "report/words/standing/language_phrase.h"

#include <string.h>

static void write_line(struct page *page, const struct text *line)
{
    if (line->length > 0) {
        page->style->paragraph(page, line->data + strspn(line->data, " "));
    }
}

static void write_languages(struct page *page, const struct findings *findings)
{
    for (size_t i = 0; i < findings->language_count; i++) {
        struct text line = {0};
        language_phrase(&line, findings, &findings->languages[i]);
        page->style->item(page, line.data);
        text_release(&line);
    }
}

void answer_write(struct page *page, const struct findings *findings)
{
    struct conclusion conclusion;

    conclusion_make(&conclusion, findings);
    page->style->section(page, "The answer");
    write_line(page, &conclusion.first);
    write_line(page, &conclusion.highest);
    write_line(page, &conclusion.open);
    conclusion_release(&conclusion);
    write_languages(page, findings);
}
