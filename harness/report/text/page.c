#include "report/text/page.h"

size_t page_width(size_t width)
{
    if (width == 0) {
        return PAGE_WIDTH;
    }
    return width < PAGE_WIDTH_LEAST ? PAGE_WIDTH_LEAST : width;
}

void page_explain(struct page *page, const char *text)
{
    if (page->explained) {
        page->style->paragraph(page, text);
    }
}

void page_legend_table(struct page *page, struct table *facts)
{
    if (page->explained) {
        page->style->part(page, "The columns:");
        page->style->facts(page, facts);
    }
    table_release(facts);
}

void page_legend(struct page *page, const struct page_fact *facts, size_t count)
{
    struct table table;

    table_init_facts(&table);
    for (size_t i = 0; i < count; i++) {
        table_fact(&table, facts[i].word, facts[i].meaning);
    }
    page_legend_table(page, &table);
}
