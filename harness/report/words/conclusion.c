#include "report/words/conclusion.h"

#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/ranking.h"
#include "report/words/reason.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#define NO_DIFFERENCE "no difference seen between them"

static void add_names(struct text *out, const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        figures_comma(out, i, group->count);
        text_add(out, group->members[i]->record->name);
    }
}

static void add_levels(struct text *out, const struct findings *findings, const struct group *group, bool breaks)
{
    const struct backend_finding *const *members = group->members;
    bool same = true, open = false;

    for (size_t i = 0; i < group->count; i++) {
        open = open || !members[i]->breaks;
        same = same &&
               (breaks ? members[i]->breaks_at == members[0]->breaks_at : members[i]->holds_at == members[0]->holds_at);
    }
    text_add(out, !same || group->count == 1 ? "" : group->count == 2 ? "both " : "all ");
    text_add(out, breaks ? "at " : open ? "at least " : "up to ");
    for (size_t i = 0; i < (same ? 1 : group->count); i++) {
        figures_comma(out, i, same ? 1 : group->count);
        figures_level(out, &findings->scenario, breaks ? members[i]->breaks_at : members[i]->holds_at);
    }
}

/* "latency, because its cores were saturated" */
static void add_break(struct text *out, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->first_break;

    if (step == NULL || step->verdict.breach_count == 0) {
        text_add(out, "a limit");
        return;
    }
    breach_limits(out, &step->verdict, breach_first_count(&step->verdict));
    if (breach_is_crash(&step->verdict)) {
        return;
    }
    if (reason_cause(step) != NULL) {
        text_format(out, ", because %s", reason_cause(step));
    } else {
        text_format(out, " (%s)", reason_cause_or_none(step));
    }
}

static void say_one(struct text *out, const struct findings *findings, const struct backend_finding *only)
{
    uint64_t told_at = only->first_break != NULL ? only->first_break->record->level : only->breaks_at;

    if (only->holds) {
        text_add(out, "When traffic doubles ");
        if (told_at == only->breaks_at) {
            text_add(out, "from ");
            figures_level(out, &findings->scenario, only->holds_at);
            text_add(out, " ");
        }
        text_add(out, "to ");
    } else {
        text_add(out, "Already at ");
    }
    figures_level(out, &findings->scenario, told_at);
    text_format(out, ", what breaks first in %s is ", only->record->name);
    add_break(out, only);
    text_add(out, ".");
}

/* `all`: these are all that can be compared. */
static void say_who_breaks(struct text *out, const struct findings *findings, const struct group *first, bool all)
{
    add_names(out, first);
    text_add(out, first->count == 1 ? " breaks first, " : all ? " break alike, " : " break first, ");
    add_levels(out, findings, first, true);
    if (first->count == 1) {
        text_add(out, ": ");
        add_break(out, first->members[0]);
        return;
    }
    text_add(out, " (" NO_DIFFERENCE "): ");
    for (size_t i = 0; i < first->count; i++) {
        text_format(out, "%s%s on ", i > 0 ? "; " : "", first->members[i]->record->name);
        add_break(out, first->members[i]);
    }
}

static void add_ratio(struct text *out, const struct group *first, const struct backend_finding *leader)
{
    const struct backend_finding *least = NULL;
    for (size_t i = 0; i < first->count; i++) {
        if (least == NULL || first->members[i]->holds_at < least->holds_at) {
            least = first->members[i];
        }
    }
    if (least != NULL && least->holds && least->holds_at > 0) {
        text_format(out, ", %.4g times what %s holds", (double)leader->holds_at / (double)least->holds_at,
                    least->record->name);
    }
}

static void say_who_holds(struct text *out, const struct findings *findings, const struct group *longest)
{
    text_add(out, "; ");
    add_names(out, longest);
    text_add(out, longest->count == 1 ? " holds longest, " : " hold longest, ");
    add_levels(out, findings, longest, false);
    if (longest->count > 1) {
        text_add(out, " (" NO_DIFFERENCE ")");
    }
}

static void say_nothing_broke(struct text *out, const struct findings *findings, const struct group *holders)
{
    bool same = true;

    text_add(out, "Nothing was seen to break: ");
    for (size_t i = 0; i < holders->count; i++) {
        figures_comma(out, i, holders->count);
        text_format(out, "%s holds at least ", holders->members[i]->record->name);
        figures_level(out, &findings->scenario, holders->members[i]->holds_at);
        same = same && holders->members[i]->holds_at == holders->members[0]->holds_at;
    }
    if (holders->count > 1) {
        text_add(out, same ? " (" NO_DIFFERENCE ")" : "; which would break first is not known");
    }
    text_add(out, ".");
    if (holders->members[0]->holds_at >= figures_ladder_top(&findings->scenario)) {
        text_add(out, " ");
        figures_level(out, &findings->scenario, holders->members[0]->holds_at);
        text_add(out, " is the top of the ladder; a longer one would tell more.");
    }
}

static void say_all(struct text *out, const struct findings *findings, size_t judged_count)
{
    const struct backend_finding *leader = ranking_longest(findings);
    struct group first = ranking_break_with(findings, ranking_first(findings));
    struct group longest = ranking_hold_with(findings, leader);

    if (judged_count == 0) {
        text_add(out, "This run gives no answer: no step of it says what a service holds.");
    } else if (first.count == 0) {
        free(longest.members);
        longest = ranking_hold(findings);
        say_nothing_broke(out, findings, &longest);
    } else if (judged_count == 1) {
        say_one(out, findings, first.members[0]);
    } else {
        say_who_breaks(out, findings, &first, first.count == judged_count);
        if (leader != NULL && ranking_outlasts(leader, &first)) {
            say_who_holds(out, findings, &longest);
            add_ratio(out, &first, leader);
        }
        text_add(out, ".");
    }
    free(first.members);
    free(longest.members);
}

static void add_group(struct text *out, const char *before, struct group *group, const char *after)
{
    if (group->count > 0) {
        text_add(out, before);
        add_names(out, group);
        text_add(out, after);
    }
    free(group->members);
}

/* Services that may break as early as the first one did: no valid step says that they hold that load. */
static void add_rivals(struct text *out, const struct findings *findings)
{
    const struct backend_finding *first = ranking_first(findings);
    struct group pairs = {0};

    for (size_t i = 0; first != NULL && i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        bool holds = backend->holds && backend->holds_at >= first->breaks_at;
        bool breaks = backend->breaks && backend->breaks_at == first->breaks_at;
        if (ranking_judged(backend) && !holds && !breaks && !ranking_overlap(backend, first)) {
            group_add(&pairs, backend);
        }
    }
    if (pairs.count > 0) {
        text_add(out, " Whether ");
        add_names(out, &pairs);
        text_add(out, pairs.count == 1 ? " holds " : " hold ");
        figures_level(out, &findings->scenario, first->breaks_at);
        text_add(out, " is not known.");
    }
    free(pairs.members);
}

/* What the conclusion leaves out, each as a sentence: services that took no part, gave no figures, or never broke. */
static void add_open_ends(struct text *out, const struct findings *findings)
{
    struct group skipped = {0}, unknown = {0}, open = {0};

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        if (backend->record->skipped != NULL) {
            group_add(&skipped, backend);
        } else if (!ranking_judged(backend)) {
            group_add(&unknown, backend);
        } else if (!backend->breaks && ranking_first(findings) != NULL) {
            group_add(&open, backend);
        }
    }
    add_group(out, " How far ", &open, " would have gone is not known: no break was found.");
    add_group(out, " Nothing is known of ", &unknown, ".");
    add_group(out, " Not in this run: ", &skipped, ".");
}

void conclusion_write(struct text *out, const struct findings *findings)
{
    size_t count = 0;

    for (size_t i = 0; i < findings->backend_count; i++) {
        count += ranking_judged(&findings->backends[i]);
    }
    say_all(out, findings, count);
    add_rivals(out, findings);
    add_open_ends(out, findings);
    if (!findings->log->end.present || findings->log->end.interrupted) {
        text_add(out, " The run was cut short: this covers only the steps that ran.");
    }
}
