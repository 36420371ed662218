#include "run/override_line.h"

#include <stddef.h>

int override_line_read(const struct override_line *line, struct overrides *overrides, struct error *err)
{
    const struct {
        const char *key, *name, *value;
    } keys[] = {
        {"double.from", "from", line->from},      {"double.steps", "steps", line->steps},
        {"step.warmup", "warmup", line->warmup},  {"step.measure", "measure", line->measure},
        {"deadline", "deadline", line->deadline}, {"connections", "connections", line->connections},
    };

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].value != NULL) {
            overrides_add(overrides, keys[i].key, keys[i].name, keys[i].value);
        }
    }
    for (size_t i = 0; i < line->limits.count; i++) {
        if (overrides_add_limit(overrides, line->limits.items[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}
