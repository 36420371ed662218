#include "report/answer.h"

#include "report/words/conclusion.h"
#include "report/words/resource_phrase.h"

#include <stdbool.h>
#include <stddef.h>

/* "go: its cores are used up at 14,700/s (measured); memory at about 61,000/s (projected, 48,000 to 80,000)" */
static bool add_resources(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct text first = {0};
    bool any = resource_phrase_first(&first, findings, backend);

    if (any) {
        text_format(out, "%s: %s", backend->record->name, first.data);
    }
    text_release(&first);
    return any;
}

static void write_resources(struct page *page, const struct findings *findings)
{
    bool told = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        struct text item = {0};
        if (add_resources(&item, findings, &findings->backends[i])) {
            if (!told) {
                page->style->part(page, "What runs out first:");
            }
            told = true;
            page->style->item(page, item.data);
        }
        text_release(&item);
    }
}

void answer_write(struct page *page, const struct findings *findings)
{
    struct text conclusion = {0};

    conclusion_write(&conclusion, findings);
    page->style->section(page, "The answer");
    page->style->paragraph(page, conclusion.data);
    write_resources(page, findings);
    text_release(&conclusion);
}
