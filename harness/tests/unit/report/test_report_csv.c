/* CSV read back as RFC 4180 has it, and held beside the JSON of the same findings. */
#include "base/text.h"
#include "report/report.h"
#include "report_cases.h"
#include "test.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The next field, unquoted, on the heap; `*ret_last` when its row ends with it. */
static char *next_field(const char **rest, bool *ret_last)
{
    struct text field = {0};
    const char *at = *rest;
    bool quoted = *at == '"';

    text_add(&field, "");
    for (at += quoted; quoted ? !(at[0] == '"' && at[1] != '"') : *at != ',' && *at != '\r'; at++) {
        assert_int_not_equal(*at, '\0');
        assert_true(quoted || (*at != '"' && *at != '\n'));
        at += quoted && *at == '"';
        text_append(&field, at, 1);
    }
    at += quoted;
    *ret_last = *at == '\r';
    assert_true(*ret_last ? at[1] == '\n' : *at == ',');
    *rest = at + (*ret_last ? 2 : 1);
    return text_take(&field);
}

struct cells {
    char *cell[64];
    size_t count;
};

static struct cells next_row(const char **rest)
{
    struct cells row = {0};
    bool last = false;

    while (!last) {
        assert_true(row.count < sizeof row.cell / sizeof *row.cell);
        row.cell[row.count++] = next_field(rest, &last);
    }
    return row;
}

static void free_row(struct cells *row)
{
    for (size_t i = 0; i < row->count; i++) {
        free(row->cell[i]);
    }
}

static void check_cell(const char *column, const char *cell, const json_t *value)
{
    if (json_is_null(value)) {
        assert_string_equal(cell, "");
    } else if (json_is_string(value)) {
        assert_string_equal(cell, json_string_value(value));
    } else if (json_is_number(value)) {
        char *end;
        double number = strtod(cell, &end);
        if (end == cell || *end != '\0' || number != json_number_value(value)) {
            fail_msg("%s is \"%s\" in CSV and %.10g in JSON", column, cell, json_number_value(value));
        }
    }
}

/* Every column that is also a key of the step. Returns how many there were. */
static size_t check_row(const struct cells *header, const struct cells *row, const json_t *step)
{
    size_t same = 0;

    assert_int_equal(row->count, header->count);
    for (size_t i = 0; i < header->count; i++) {
        const char *column = header->cell[i];
        const json_t *value = json_object_get(step, column);
        bool failed = strncmp(column, "failed_", 7) == 0;
        if (failed) {
            value = json_object_get(json_object_get(step, "failures"), column + 7);
        }
        if (value != NULL && !json_is_array(value)) {
            check_cell(column, row->cell[i], value);
            same++;
        }
    }
    return same;
}

/* The row of what is no step of a number. */
static void check_soak(const struct cells *header, const struct cells *row, const json_t *soak)
{
    assert_true(check_row(header, row, soak) >= 36);
    for (size_t i = 0; i < header->count; i++) {
        if (strcmp(header->cell[i], "step") == 0) {
            assert_string_equal(row->cell[i], "");
        } else if (strcmp(header->cell[i], "phase") == 0) {
            assert_string_equal(row->cell[i], "soak");
        }
    }
}

static void hostile_name(struct findings_builder *builder)
{
    struct step_spec spec = {500, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5, 6, 0.5, 0.25, 60};

    builder_init(builder, report_cases_catalog);
    builder_backend(builder, "a\x1b[31m\xc2\x9bK\r,\"b\"", "C", "none");
    builder_step(builder, 0, &spec);
    builder_finish(builder);
}

TEST(no_cell_has_what_a_terminal_would_obey)
{
    struct report_case hostile = {"hostile", hostile_name};
    struct text csv = report_case_write(&hostile, REPORT_CSV, NULL);

    assert_non_null(strstr(csv.data, "\"a?[31m?K?,\"\"b\"\"\","));
    assert_null(strchr(csv.data, '\x1b'));
    assert_null(strstr(csv.data, "\xc2\x9b"));
    text_release(&csv);
}

TEST(csv_and_json_say_the_same_of_every_step_and_every_steady_load)
{
    size_t soaks = 0;

    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        struct text json = report_case_write(report_case, REPORT_JSON, NULL);
        json_t *top = json_loads(json.data, 0, NULL), *backend, *step;
        struct text csv = report_case_write(report_case, REPORT_CSV, NULL);
        const char *rest = csv.data;
        struct cells header = next_row(&rest);
        size_t i, k;

        json_array_foreach(json_object_get(top, "backends"), i, backend)
        {
            json_array_foreach(json_object_get(backend, "steps"), k, step)
            {
                struct cells row = next_row(&rest);
                assert_true(check_row(&header, &row, step) >= 35);
                free_row(&row);
            }
            const json_t *soak = json_object_get(backend, "soak");
            if (json_is_object(soak)) {
                struct cells row = next_row(&rest);
                check_soak(&header, &row, soak);
                free_row(&row);
                soaks++;
            }
        }
        assert_string_equal(rest, "");
        free_row(&header);
        text_release(&csv);
        text_release(&json);
        json_decref(top);
    }
    assert_true(soaks > 5);
}

TEST(a_text_that_a_spreadsheet_would_run_is_defused_and_quoted)
{
    struct text csv = report_case_write(report_case_named("strange_strings"), REPORT_CSV, NULL);

    assert_non_null(
        strstr(csv.data, ",\"'=HYPERLINK(\"\"http://example.com\"\")\",\"naïve, \"\"quoted\"\"\",a|b*c_d,"));
    assert_null(strstr(csv.data, ",=HYPERLINK"));
    text_release(&csv);
}
