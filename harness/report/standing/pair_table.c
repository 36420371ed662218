#include "report/standing/pair_table.h"

#include "analysis/capacity/capacity.h"
#include "base/mem.h"
#include "report/text/table.h"
#include "report/words/figures.h"
#include "stats/holm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- which pairs -------------------------------------------------------------------------------------------------- */

static size_t count_judged(const struct findings *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->backend_count; i++) {
        count += capacity_judged(&findings->backends[i]);
    }
    return count;
}

static const struct backend_finding *find_service(const struct findings *findings, const char *name)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (strcmp(findings->backends[i].record->name, name) == 0) {
            return &findings->backends[i];
        }
    }
    return NULL;
}

static int unknown_service(const struct findings *findings, const char *name, struct error *err)
{
    const char **names = mem_new(findings->backend_count + 1, sizeof *names);

    for (size_t i = 0; i < findings->backend_count; i++) {
        names[i] = findings->backends[i].record->name;
    }
    const char *nearest = text_nearest(name, names);
    if (nearest != NULL) {
        error_input(err, "--pairs %s: no service of this run; did you mean %s?", name, nearest);
    } else {
        error_input(err, "--pairs %s: no service of this run", name);
    }
    free(names);
    return -1;
}

int pair_table_check(const char *wanted, const struct findings *findings, struct error *err)
{
    char *names = mem_string(wanted), *rest = NULL;
    int result = 0;

    if (wanted != NULL && strcmp(wanted, PAIR_TABLE_ALL) != 0) {
        for (char *name = strtok_r(names, ",", &rest); name != NULL && result == 0; name = strtok_r(NULL, ",", &rest)) {
            if (find_service(findings, name) == NULL) {
                result = unknown_service(findings, name, err);
            }
        }
    }
    free(names);
    return result;
}

/* What is shown. */
struct choice {
    const struct findings *findings;
    bool all;
    bool asked;  /* the reader named pairs */
    bool *named; /* by service */
    size_t named_count;
};

static struct choice choose(const struct findings *findings, const char *wanted)
{
    struct choice choice = {.findings = findings,
                            .asked = wanted != NULL,
                            .named = mem_new(findings->backend_count, sizeof *choice.named)};
    char *names = mem_string(wanted), *rest = NULL;

    choice.all =
        count_judged(findings) <= PAIR_TABLE_SERVICES || (wanted != NULL && strcmp(wanted, PAIR_TABLE_ALL) == 0);
    for (char *name = names != NULL ? strtok_r(names, ",", &rest) : NULL; name != NULL;
         name = strtok_r(NULL, ",", &rest)) {
        const struct backend_finding *service = find_service(findings, name);
        if (service != NULL && !choice.named[service - findings->backends]) {
            choice.named[service - findings->backends] = true;
            choice.named_count++;
        }
    }
    free(names);
    return choice;
}

/* Whether no judged service stands between the two. */
static bool are_neighbours(const struct pair *pair)
{
    for (const struct backend_finding *between = pair->first + 1; between < pair->second; between++) {
        if (capacity_judged(between)) {
            return false;
        }
    }
    return true;
}

static bool is_shown(const struct choice *choice, const struct pair *pair)
{
    const struct backend_finding *services = choice->findings->backends;
    bool first = choice->named[pair->first - services], second = choice->named[pair->second - services];

    if (choice->all || are_neighbours(pair)) {
        return true;
    }
    return choice->named_count == 1 ? first || second : first && second;
}

/* --- their rows --------------------------------------------------------------------------------------------------- */

/* Two blocks that disagree have an interval whose end means nothing but "no end". */
static void add_percent(struct text *out, double logarithm)
{
    if (logarithm > log(100)) {
        text_add(out, "above x100");
    } else {
        text_format(out, "%+.1f %%", (exp(logarithm) - 1) * 100);
    }
}

static void add_difference(struct text *out, const struct pair *pair)
{
    static const char *const differences[] = {[DIFFERENCE_NOT_SEEN] = "no difference seen",
                                              [DIFFERENCE_UNPROVEN] = "too few trials to say",
                                              [DIFFERENCE_SEEN] = "different"};

    text_add(out, differences[pair->difference]);
    if (pair->difference == DIFFERENCE_SEEN && pair->p_adjusted > HOLM_ERROR) {
        text_add(out, ": a doubling lies between all trials");
    }
    if (pair->difference == DIFFERENCE_UNPROVEN && pair->blocks_needed > 0) {
        text_format(out, "; %zu could show it", pair->blocks_needed);
    }
}

/* "capacity", "p99 at 2,000/s" */
static void figure_cell(struct table *table, const struct findings *findings, const struct pair *pair)
{
    static const char *const words[PAIR_FIGURES] = {
        [PAIR_CAPACITY] = "capacity", [PAIR_CPU] = "CPU time a request, over the loads both hold", [PAIR_P99] = "p99"};
    struct text cell = {0};

    text_add(&cell, words[pair->figure]);
    if (pair->figure == PAIR_P99 && findings->common_level > 0) {
        text_add(&cell, " at ");
        figures_level(&cell, &findings->scenario, findings->common_level);
    }
    table_take(table, &cell);
}

static void pair_row(struct table *table, const struct findings *findings, const struct pair *pair)
{
    struct text differs_by = {0}, interval = {0}, difference = {0};

    table_cell(table, "%s against %s", pair->first->record->name, pair->second->record->name);
    figure_cell(table, findings, pair);
    add_percent(&differs_by, pair->test.estimate);
    table_take(table, &differs_by);
    if (pair->test.bounded) {
        add_percent(&interval, pair->test.low);
        text_add(&interval, " to ");
        add_percent(&interval, pair->test.high);
    } else {
        text_add(&interval, "one block: no interval");
    }
    table_take(table, &interval);
    table_cell(table, "%zu", pair->test.blocks);
    add_difference(&difference, pair);
    table_take(table, &difference);
}

/* What cannot be told yet is shown to those who ask for it. */
static bool is_hidden(const struct choice *choice, const struct pair *pair)
{
    return pair->difference == DIFFERENCE_UNPROVEN && !choice->asked;
}

static void write_hidden(struct page *page, size_t hidden)
{
    struct text said = {0};

    text_format(&said, "%zu row%s %s left out, of which too few trials say anything; --pairs all shows %s.", hidden,
                figures_plural(hidden), hidden == 1 ? "is" : "are", hidden == 1 ? "it" : "them");
    page->style->paragraph(page, said.data);
    text_release(&said);
}

static void write_rows(struct page *page, const struct choice *choice)
{
    const struct findings *findings = choice->findings;
    struct table table;
    size_t hidden = 0;

    table_init(&table);
    table_column(&table, "services", ALIGN_LEFT);
    table_column(&table, "figure", ALIGN_LEFT);
    table_column(&table, "differs by", ALIGN_RIGHT);
    table_column(&table, "95 % CI", ALIGN_LEFT);
    table_column(&table, "pairs", ALIGN_RIGHT);
    table_column(&table, "", ALIGN_LEFT);
    for (size_t i = 0; i < findings->pair_count; i++) {
        const struct pair *pair = &findings->pairs[i];
        if (is_shown(choice, pair) && is_hidden(choice, pair)) {
            hidden++;
        } else if (is_shown(choice, pair)) {
            pair_row(&table, findings, pair);
        }
    }
    if (table_rows(&table) > 0) {
        page->style->table(page, &table);
    }
    if (hidden > 0) {
        write_hidden(page, hidden);
    }
    table_release(&table);
}

static void write_title(struct page *page, const struct choice *choice)
{
    struct text title = {0};

    if (choice->all) {
        text_format(&title,
                    "Pairwise comparison, by trials of the same block (different: the chance that any of %zu "
                    "rows is wrong is at most 5 %%):",
                    choice->findings->pair_count);
    } else {
        text_format(&title,
                    "Pairwise comparison, each service with the next one in this order%s, by trials of the same block "
                    "(different: the chance that any of the %zu rows of all pairs is wrong is at most 5 %%; --pairs "
                    "all shows them, --pairs NAME,NAME those of these services):",
                    choice->named_count > 0 ? ", and those that were asked for" : "", choice->findings->pair_count);
    }
    page->style->part(page, title.data);
    text_release(&title);
}

void pair_table_write(struct page *page, const struct findings *findings, const char *wanted)
{
    if (findings->pair_count > 0 && findings->log->run.trials > 1 && count_judged(findings) > 0) {
        struct choice choice = choose(findings, wanted);
        write_title(page, &choice);
        write_rows(page, &choice);
        free(choice.named);
    }
}
