#include "report/standing/pair_table.h"

#include "analysis/capacity/capacity.h"
#include "base/mem.h"
#include "report/text/table.h"
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
    bool *named; /* by service */
    size_t named_count;
};

static struct choice choose(const struct findings *findings, const char *wanted)
{
    struct choice choice = {.findings = findings, .named = mem_new(findings->backend_count, sizeof *choice.named)};
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

static void pair_row(struct table *table, const struct pair *pair)
{
    static const char *const words[PAIR_FIGURES] = {
        [PAIR_CAPACITY] = "capacity", [PAIR_CPU] = "CPU a request, over the loads both hold", [PAIR_P99] = "p99"};
    struct text differs_by = {0}, interval = {0}, difference = {0};

    table_cell(table, "%s against %s", pair->first->record->name, pair->second->record->name);
    table_cell(table, "%s", words[pair->figure]);
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
    add_difference(&difference, pair);
    table_take(table, &difference);
}

static void write_rows(struct page *page, const struct choice *choice)
{
    const struct findings *findings = choice->findings;
    struct table table;

    table_init(&table);
    table_column(&table, "services", ALIGN_LEFT);
    table_column(&table, "figure", ALIGN_LEFT);
    table_column(&table, "differs by", ALIGN_RIGHT);
    table_column(&table, "95 % interval", ALIGN_LEFT);
    table_column(&table, "", ALIGN_LEFT);
    for (size_t i = 0; i < findings->pair_count; i++) {
        if (is_shown(choice, &findings->pairs[i])) {
            pair_row(&table, &findings->pairs[i]);
        }
    }
    page->style->table(page, &table);
    table_release(&table);
}

static void write_title(struct page *page, const struct choice *choice)
{
    struct text title = {0};

    if (choice->all) {
        text_format(&title,
                    "Each two beside each other, by trials of the same block (different: the chance that any of %zu "
                    "rows is wrong is at most 5 %%):",
                    choice->findings->pair_count);
    } else {
        text_format(&title,
                    "Each service beside the next one in this order%s, by trials of the same block (different: the "
                    "chance that any of the %zu rows of all pairs is wrong is at most 5 %%; --pairs all shows them, "
                    "--pairs NAME,NAME those of these services):",
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
