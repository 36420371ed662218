#include "import/sketch/request_sketch.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/units.h"
#include "import/mix/fold.h"
#include "import/sketch/columns.h"
#include "import/value_name.h"

#include <stdlib.h>
#include <string.h>

#define NAME_COLUMNS_MOST 60

/* ---- secrets ---- */

static void add_secret(struct sheet *sheet, const char *name, const char *variable)
{
    json_object_set_new(sheet->values, name, json_pack("{s:s}", "env", variable));
    remarks_note_secret(sheet->remarks, name, variable);
}

void request_sketch_add_secrets(struct sheet *sheet, const struct mix_kind *kind)
{
    const char *name;
    json_t *variable;

    json_object_foreach(kind->secrets, name, variable)
    {
        add_secret(sheet, name, json_string_value(variable));
    }
    for (size_t i = 0; i < kind->place_count; i++) {
        if (kind->places[i].secret) {
            char *upper = value_name_in_environment(kind->places[i].name);
            add_secret(sheet, kind->places[i].name, upper);
            free(upper);
        }
    }
}

/* ---- values ---- */

/* Adds the value under its name or the next free one. Returns that name on the heap. */
static char *add_value(struct sheet *sheet, const char *name, json_t *value)
{
    char *free_name = mem_string(name);

    for (unsigned i = 2; json_object_get(sheet->values, free_name) != NULL; i++) {
        free(free_name);
        free_name = mem_format("%s_%u", name, i);
    }
    json_object_set_new(sheet->values, free_name, value);
    return free_name;
}

/* A value that another request has already is the same one, so that it is changed at one place. */
static char *add_defined(struct sheet *sheet, json_t *pair)
{
    const char *name = json_string_value(json_array_get(pair, 0));
    json_t *value = json_array_get(pair, 1);

    if (json_equal(json_object_get(sheet->values, name), value)) {
        return mem_string(name);
    }
    return add_value(sheet, name, json_incref(value));
}

static struct text *add_file(struct sheet *sheet, char *name)
{
    struct sketch_file *file = list_add(sheet->into->files, sheet->into->file_count);

    file->name = name;
    return &file->text;
}

static char *add_lines(struct sheet *sheet, const struct columns *columns, const struct place_column *column)
{
    char *name = add_value(sheet, column->name, json_null());
    char *file = mem_format("%s-%s.txt", sheet->name, name);
    struct text *lines = add_file(sheet, file);

    json_object_set_new(sheet->values, name, json_pack("{s:s}", "file", file));
    for (size_t row = 0; row < columns->row_count; row++) {
        column_write_cell(column, row, lines);
        text_add(lines, "\n");
    }
    return name;
}

static char *add_single(struct sheet *sheet, const struct columns *columns, const struct place_column *column)
{
    int64_t low, high;

    if (column_is_range(column, columns->row_count, &low, &high)) {
        return add_value(sheet, column->name, json_pack("{s:[I, I]}", "uniform", (json_int_t)low, (json_int_t)high));
    }
    return add_lines(sheet, columns, column);
}

/* ---- values that go together ---- */

static void add_quoted(struct text *out, const struct place_column *column, size_t row)
{
    struct text cell = {0};

    column_write_cell(column, row, &cell);
    if (strpbrk(cell.data, ",\"") == NULL) {
        text_add(out, cell.data);
    } else {
        text_add(out, "\"");
        for (const char *c = cell.data; *c != '\0'; c++) {
            text_append(out, c, 1);
            if (*c == '"') {
                text_add(out, "\"");
            }
        }
        text_add(out, "\"");
    }
    text_release(&cell);
}

static void write_rows(struct text *out, const struct columns *columns)
{
    for (size_t row = 0; row < columns->row_count; row++) {
        const char *between = "";
        for (size_t i = 0; i < columns->count; i++) {
            if (columns->columns[i].varies) {
                text_add(out, between);
                add_quoted(out, &columns->columns[i], row);
                between = ",";
            }
        }
        text_add(out, "\n");
    }
}

/* The name of a column is that of its value. */
static void add_table(struct sheet *sheet, const struct columns *columns, char **names)
{
    char *file = NULL;
    struct text head = {0};

    for (size_t i = 0; i < columns->count; i++) {
        if (columns->columns[i].varies) {
            names[i] = add_value(sheet, columns->columns[i].name, json_null());
            file = file != NULL ? file : mem_format("%s-%s.csv", sheet->name, names[i]);
            json_object_set_new(sheet->values, names[i], json_pack("{s:[s, s]}", "csv", file, names[i]));
            text_format(&head, "%s%s", head.length > 0 ? "," : "", names[i]);
        }
    }
    struct text *table = add_file(sheet, file);
    text_format(table, "%s\n", head.data);
    write_rows(table, columns);
    text_release(&head);
}

/* The value of each column that varies, NULL for one that does not. */
static char **add_columns(struct sheet *sheet, const struct columns *columns)
{
    char **names = mem_new(columns->count + 1, sizeof *names);

    if (columns->varying > 1) {
        add_table(sheet, columns, names);
        return names;
    }
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->columns[i].varies) {
            names[i] = add_single(sheet, columns, &columns->columns[i]);
        }
    }
    return names;
}

/* ---- the path ---- */

/* Where a pattern is being filled in. */
struct filling {
    const struct mix_kind *kind;
    const struct columns *columns;
    char **names;
    size_t place, column, defined;
};

static void fill_place(struct filling *filling, struct text *path)
{
    const struct place_column *column = &filling->columns->columns[filling->column];
    const char *name = filling->names[filling->column];

    if (name != NULL) {
        text_format(path, "{%s}", name);
    } else {
        text_append(path, column->cells[0], column->lengths[0]);
    }
    filling->column++;
    filling->place++;
}

static void fill_defined(struct sheet *sheet, struct filling *filling, struct text *path)
{
    char *name = add_defined(sheet, json_array_get(filling->kind->defined, filling->defined++));

    text_format(path, "{%s}", name);
    free(name);
}

static char *fill(struct sheet *sheet, struct filling *filling)
{
    struct text path = {0};

    for (const char *c = filling->kind->pattern; *c != '\0'; c++) {
        switch (*c) {
        case FOLD_PLACE:
            fill_place(filling, &path);
            break;
        case FOLD_SECRET:
            text_format(&path, "{%s}", filling->kind->places[filling->place++].name);
            break;
        case MIX_DEFINED:
            fill_defined(sheet, filling, &path);
            break;
        default:
            text_append(&path, c, 1);
        }
    }
    return text_take(&path);
}

static void note_choice(const struct mix_kind *kind, struct remarks *remarks)
{
    struct text request = {0};
    char kept[UNITS_TEXT], all[UNITS_TEXT];

    units_write_count(kept, kind->row_count);
    units_write_count(all, kind->count);
    request_sketch_describe(kind, &request);
    remarks_note(remarks, "%s: its places are filled from %s of the %s requests that came, chosen at random",
                 request.data, kept, all);
    text_release(&request);
}

static char *path_of(struct sheet *sheet, const struct mix_kind *kind)
{
    struct columns columns;

    columns_init(&columns, kind);
    if (columns.varying > 0 && kind->row_count < kind->count) {
        note_choice(kind, sheet->remarks);
    }
    struct filling filling = {.kind = kind, .columns = &columns, .names = add_columns(sheet, &columns)};
    char *path = fill(sheet, &filling);
    for (size_t i = 0; i < columns.count; i++) {
        free(filling.names[i]);
    }
    free(filling.names);
    columns_release(&columns);
    return path;
}

/* ---- the request ---- */

void request_sketch_describe(const struct mix_kind *kind, struct text *out)
{
    size_t place = 0, defined = 0;

    text_format(out, "%s ", kind->method);
    for (const char *c = kind->pattern; *c != '\0'; c++) {
        if (*c == FOLD_PLACE || *c == FOLD_SECRET) {
            text_format(out, "{%s}", kind->places[place++].name);
        } else if (*c == MIX_DEFINED) {
            json_t *pair = json_array_get(kind->defined, defined++);
            text_format(out, "{%s}", json_string_value(json_array_get(pair, 0)));
        } else {
            text_append(out, c, 1);
        }
    }
}

static bool has_name(const struct sheet *sheet, const char *name)
{
    size_t i;
    json_t *request;

    json_array_foreach(sheet->requests, i, request)
    {
        if (strcmp(json_string_value(json_object_get(request, "name")), name) == 0) {
            return true;
        }
    }
    return false;
}

static char *name_of(const struct sheet *sheet, const struct mix_kind *kind, const char *path)
{
    struct text base = {0};

    text_format(&base, "%s %.*s", kind->method, (int)strcspn(path, "?"), path);
    if (base.length > NAME_COLUMNS_MOST) {
        base.length = NAME_COLUMNS_MOST; /* a path is ASCII */
        text_add(&base, "...");
    }
    if (kind->status != 0) {
        text_format(&base, " %d", kind->status);
    }
    char *name = mem_string(base.data);
    for (unsigned i = 2; has_name(sheet, name); i++) {
        free(name);
        name = mem_format("%s (%u)", base.data, i);
    }
    text_release(&base);
    return name;
}

static void copy_member(json_t *request, const struct mix_kind *kind, const char *key)
{
    json_t *member = json_object_get(kind->members, key);

    if (member != NULL) {
        json_object_set(request, key, member);
    }
}

void request_sketch_add(struct sheet *sheet, const struct mix_kind *kind, json_int_t weight)
{
    char *path = path_of(sheet, kind), *name = name_of(sheet, kind, path);
    json_t *request = json_pack("{s:s}", "name", name);

    if (weight != 1) {
        json_object_set_new(request, "weight", json_integer(weight));
    }
    if (strcmp(kind->method, "GET") != 0) {
        json_object_set_new(request, "method", json_string(kind->method));
    }
    json_object_set_new(request, "path", json_string(path));
    copy_member(request, kind, "headers");
    copy_member(request, kind, "json");
    copy_member(request, kind, "body");
    if (kind->status != 0) {
        json_object_set_new(request, "expect", json_pack("{s:i}", "status", kind->status));
    }
    json_array_append_new(sheet->requests, request);
    free(path);
    free(name);
}
