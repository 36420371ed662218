#include "report/front/answer.h"

#include "report/words/conclusion.h"

#include <string.h>

static void write_line(struct page *page, const struct text *line)
{
    if (line->length > 0) {
        page->style->paragraph(page, line->data + strspn(line->data, " "));
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
}
