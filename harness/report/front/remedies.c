#include "report/front/remedies.h"

#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Without these the answer would be taken for something else than it is. */
static bool changes_the_answer(const struct warning *warning)
{
    switch (warning->kind) {
    case WARNING_SKIPPED:
    case WARNING_TRIAL:
    case WARNING_AUDIT:
    case WARNING_WRONG:
        return true;
    case WARNING_GENERATOR:
    case WARNING_MACHINE:
    case WARNING_RUN:
        break;
    }
    return false;
}

/* The first warning that has this command stands with it. */
static bool is_told_before(const struct findings *findings, size_t index)
{
    const char *command = findings->warnings[index].command;

    for (size_t i = 0; i < index && command != NULL; i++) {
        if (findings->warnings[i].command != NULL && strcmp(findings->warnings[i].command, command) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_shown(const struct findings *findings, size_t index)
{
    const struct warning *warning = &findings->warnings[index];
    return (warning->command != NULL && !is_told_before(findings, index)) || changes_the_answer(warning);
}

static void write_warning(struct page *page, const struct warning *warning)
{
    page->style->item(page, warning->text);
    if (warning->command != NULL) {
        page->style->command(page, warning->command);
    }
}

static void write_rest(struct page *page, size_t left, const char *command)
{
    struct text rest = {0}, details = {0};

    if (left > 0) {
        text_format(&rest, "%zu more warning%s, every table and sentence:", left, figures_plural(left));
    } else {
        text_add(&rest, "every table and sentence:");
    }
    text_format(&details, "%s --details", command);
    page->style->item(page, rest.data);
    page->style->command(page, details.data);
    text_release(&rest);
    text_release(&details);
}

void remedies_write(struct page *page, const struct findings *findings, const char *command)
{
    size_t left = 0;

    page->style->section(page, "What to do about it");
    for (size_t i = 0; i < findings->warning_count; i++) {
        if (is_shown(findings, i)) {
            write_warning(page, &findings->warnings[i]);
        } else {
            left++;
        }
    }
    write_rest(page, left, command != NULL ? command : "twofold report RUN");
}

void remedies_write_all(struct page *page, const struct findings *findings)
{
    if (findings->warning_count == 0) {
        return;
    }
    page->style->section(page, "Warnings");
    for (size_t i = 0; i < findings->warning_count; i++) {
        write_warning(page, &findings->warnings[i]);
    }
}
