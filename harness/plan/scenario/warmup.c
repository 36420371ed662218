#include "plan/scenario/warmup.h"

#include "plan/scenario/time_range.h"

#include <stddef.h>

static const char name[] = "warmup";
static const char old_name[] = "settle";

enum { KEYS_MOST = 8 };

int warmup_check_keys(const struct json_at *at, const char *const *keys, struct error *err)
{
    const char *all[KEYS_MOST + 2] = {old_name};
    struct json_at old;

    json_find(at, old_name, &old);
    if (old.value == NULL) {
        return json_check_object(at, keys, err);
    }
    for (size_t i = 0; keys[i] != NULL && i < KEYS_MOST; i++) {
        all[i + 1] = keys[i];
    }
    if (json_check_object(at, all, err) != 0) {
        return -1;
    }
    if (json_object_get(at->value, name) != NULL) {
        return json_reject(&old, err, "remove this key: it is the older name of \"%s\", which is there as well", name);
    }
    return 0;
}

int warmup_read(const struct json_at *at, uint64_t *ns, struct error *err)
{
    if (time_range_read(&time_range_any, at, old_name, ns, err) != 0) {
        return -1;
    }
    return time_range_read(&time_range_any, at, name, ns, err);
}
