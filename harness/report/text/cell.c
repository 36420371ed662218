#include "report/text/cell.h"

#include "report/words/figures.h"

#include <stddef.h>

void cell_count(struct table *table, uint64_t count)
{
    struct text cell = {0};
    figures_count(&cell, count);
    table_take(table, &cell);
}

void cell_number(struct table *table, double number)
{
    if (number >= 0 && number < 0x1p63) {
        cell_count(table, (uint64_t)(number + 0.5));
    } else {
        table_cell(table, "-");
    }
}

void cell_rate(struct table *table, double rps)
{
    struct text cell = {0};
    figures_rate(&cell, rps);
    table_take(table, &cell);
}

void cell_time(struct table *table, uint64_t ns)
{
    struct text cell = {0};
    figures_time(&cell, ns);
    table_take(table, &cell);
}

void cell_time_or_none(struct table *table, uint64_t ns)
{
    if (ns == 0) {
        ns = NO_TIME;
    }
    cell_time(table, ns);
}

void cell_size(struct table *table, uint64_t bytes)
{
    struct text cell = {0};
    figures_size(&cell, bytes);
    table_take(table, &cell);
}

void cell_level(struct table *table, const struct scenario *scenario, uint64_t level)
{
    struct text cell = {0};
    figures_level(&cell, scenario, level);
    table_take(table, &cell);
}

void cell_response(struct table *table, const struct scenario *scenario, const struct step_finding *step, uint64_t ns)
{
    struct text cell = {0};
    figures_response(&cell, scenario, step, ns);
    table_take(table, &cell);
}

void cell_cpu(struct table *table, const struct step_finding *step)
{
    struct text cell = {0};

    if (step == NULL) {
        text_add(&cell, "-");
    } else {
        figures_cpu(&cell, step);
    }
    table_take(table, &cell);
}
