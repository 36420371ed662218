/* csv_table: a CSV file whose rows fill places: RFC 4180, with a first row of column names. All of it is in memory. */
#ifndef TWOFOLD_PLAN_TRAFFIC_CSV_TABLE_H
#define TWOFOLD_PLAN_TRAFFIC_CSV_TABLE_H

#include "base/error.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In which order requests take the rows. */
enum csv_order {
    CSV_UNIFORM,  /* every one as likely */
    CSV_SEQUENCE, /* one after another, and the first after the last */
};

struct csv_table {
    char *name;     /* the path as the scenario has it */
    char **columns; /* their names */
    size_t column_count;
    const char **cells; /* row after row, without the first; NULL-terminated UTF-8 each. They lie in `text` */
    uint32_t *lines;    /* of the file, on which each row begins */
    size_t row_count;   /* 0: the file was not to be opened */
    char *text;
    enum csv_order order;
    bool order_said; /* by one of its values */
};

/* The CSV files of one scenario, each of them once. */
struct csv_tables {
    const char *folder; /* where the files of values lie; NULL: no file is opened, and no environment read */
    struct csv_table *tables;
    size_t count;
};

/* Read a file. Lines end with LF or CRLF; a byte order mark and empty lines are skipped; blanks belong to the cells.
 * ERROR_INPUT with file and line for a row with another number of cells than the first, for quotes out of place, for
 * what is not UTF-8, and for a file without a row below its names. Untouched on failure. */
int csv_table_read(struct csv_table *table, const char *path, struct error *err);
void csv_table_release(struct csv_table *table);

const char *csv_table_cell(const struct csv_table *table, size_t row, size_t column);

/* The index of the file that the scenario calls `name`, which is read unless it is there; `at` is for messages. */
int csv_tables_find(struct csv_tables *set, const char *name, const struct json_at *at, size_t *ret_table,
                    struct error *err);

/* The index of the column called `name`. ERROR_INPUT at `at` for one that is not there, with the nearest name. 0 for a
 * file that was not opened. */
int csv_table_column(const struct csv_table *table, const char *name, const struct json_at *at, size_t *ret_column,
                     struct error *err);

#endif
