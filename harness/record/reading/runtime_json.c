#include "record/reading/runtime_json.h"

#include "record/run_fields.h"

json_t *runtime_json_columns(const struct runtime_sample *samples, size_t count)
{
    json_t *columns = json_object();

    fields_write_columns(runtime_fields, samples, count, sizeof *samples, columns);
    return columns;
}

int runtime_json_read(const json_t *columns, struct runtime_sample **ret_samples, size_t *ret_count, struct error *err)
{
    void *samples = NULL;

    if (columns == NULL) {
        *ret_samples = NULL;
        *ret_count = 0;
        return 0;
    }
    if (fields_read_columns(runtime_fields, &samples, ret_count, sizeof **ret_samples, columns, err) != 0) {
        return -1;
    }
    *ret_samples = samples;
    return 0;
}
