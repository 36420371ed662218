#include "report/profile/profile_lines.h"

#include "analysis/profile/break_profile.h"
#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>

/* Functions that are named, and the share from which one is worth it. */
#define NAMED_MOST  5
#define NAMED_LEAST 0.02

/* Less than this may be chance, or another order of the same work. */
#define GROWN_LEAST 0.02

static void add_functions(struct text *out, const struct break_profile *profile)
{
    size_t named = 0;

    while (named < profile->count && named < NAMED_MOST && profile->functions[named].share >= NAMED_LEAST) {
        named++;
    }
    for (size_t i = 0; i < named; i++) {
        figures_comma(out, i, named);
        text_format(out, "%s ", profile->functions[i].name);
        figures_share(out, profile->functions[i].share);
    }
    if (named == 0) {
        text_add(out, "no function for 2 % of their time");
    }
}

static void add_growth(struct text *out, const struct findings *findings, const struct break_profile *profile)
{
    size_t grown = break_profile_grown(profile, GROWN_LEAST);

    if (profile->held == NULL || profile->held->samples == 0) {
        return;
    }
    text_add(out, "; since ");
    figures_level(out, &findings->scenario, profile->held->level);
    if (grown == profile->count) {
        text_add(out, ", which held, no function's share grew by 2 %");
        return;
    }
    text_format(out, ", which held, most grew %s, from ", profile->functions[grown].name);
    figures_share(out, profile->functions[grown].before);
    text_add(out, " to ");
    figures_share(out, profile->functions[grown].share);
}

static void add_samples(struct text *out, const struct break_profile *profile)
{
    if (profile->unresolved > 0) {
        text_add(out, "; ");
        figures_share(out, profile->unresolved);
        text_add(out, " was in code without symbols");
    }
    text_add(out, " (");
    figures_count(out, profile->broke->samples);
    text_add(out, " samples, in a run of that load that is not judged)");
}

static void add_profile(struct text *out, const struct findings *findings, const struct break_profile *profile)
{
    text_add(out, "at ");
    figures_level(out, &findings->scenario, profile->broke->level);
    if (profile->broke->samples == 0) {
        text_format(out, ", which broke, not profiled: %s",
                    profile->broke->missing != NULL ? profile->broke->missing : "no sample");
        return;
    }
    text_add(out, ", which broke, its threads ran ");
    add_functions(out, profile);
    add_growth(out, findings, profile);
    add_samples(out, profile);
}

bool profile_lines_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct break_profile profile;

    break_profile_find(findings->log, backend->record->name, &profile);
    bool any = profile.broke != NULL;
    if (any) {
        add_profile(out, findings, &profile);
    }
    break_profile_release(&profile);
    return any;
}

void profile_lines_write(struct page *page, const struct findings *findings)
{
    bool begun = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        struct text line = {0};
        text_format(&line, "%s: ", findings->backends[i].record->name);
        if (profile_lines_phrase(&line, findings, &findings->backends[i])) {
            if (!begun) {
                page->style->section(page, "What ran at the break");
            }
            begun = true;
            page->style->item(page, line.data);
        }
        text_release(&line);
    }
}
